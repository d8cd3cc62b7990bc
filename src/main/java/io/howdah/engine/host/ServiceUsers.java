package io.howdah.engine.host;

import io.howdah.shared.ProblemCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The OS users that servers run as. PostgreSQL refuses to run as root, and one server must not read another's files: so
 * as root every server gets a user of its own; otherwise all run as whoever runs the portal, and every user name here is
 * null.
 */
final class ServiceUsers {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int TRIES = 50;

    private ServiceUsers() {}

    static boolean runsAsRoot() {
        try {
            return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void ensure(String user) {
        if (user == null) {
            return;
        }
        if (find(user).isEmpty()) {
            add(user);
        }
        // A useradd that outlived a killed portal may have written the user and not yet its group.
        for (int i = 0; i < TRIES && !hasGroup(user); i++) {
            Pause.millis(20);
        }
        if (!hasGroup(user)) {
            retryWhileLocked(List.of(Command.require("groupadd", "passwd").toString(), "--system", user));
        }
    }

    private static boolean hasGroup(String user) {
        try {
            group(user);
            return true;
        } catch (UserPrincipalNotFoundException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void add(String user) {
        String useradd = Command.require("useradd", "passwd").toString();
        retryWhileLocked(List.of(
                useradd,
                "--system",
                "--user-group",
                "--no-create-home",
                "--home-dir",
                "/nonexistent",
                "--shell",
                "/usr/sbin/nologin",
                "--comment",
                "Howdah database server",
                user));
    }

    /** The caller has ended the user's processes; zombies that nobody has noticed yet are no reason to keep it. */
    static void remove(String user) {
        if (user != null && find(user).isPresent()) {
            retryWhileLocked(List.of(Command.require("userdel", "passwd").toString(), "--force", user));
        }
    }

    /** Another useradd or userdel on the host holds a lock on the password file for some milliseconds: exit code 1. */
    private static void retryWhileLocked(List<String> words) {
        Command.Result result = new Command(TIMEOUT, words).attempt();
        for (int i = 0; i < TRIES && (result.exitCode() == 1 || result.exitCode() == 10); i++) {
            Pause.millis(50);
            result = new Command(TIMEOUT, words).attempt();
        }
        boolean thereAlready = result.exitCode() == 9;
        boolean goneAlready = result.exitCode() == 6;
        if (result.exitCode() != 0 && !thereAlready && !goneAlready) {
            throw EngineFault.passing(
                    result.output(),
                    ProblemCode.EngineCommandFailed,
                    words.getFirst(),
                    Integer.toString(result.exitCode()));
        }
    }

    static Optional<UserPrincipal> find(String user) {
        try {
            return Optional.of(
                    FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(user));
        } catch (UserPrincipalNotFoundException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The words that make a program run as the user and never gain more. */
    static List<String> as(String user, List<String> words) {
        if (user == null) {
            return words;
        }
        List<String> all = new ArrayList<>(List.of(
                Command.require("setpriv", "util-linux").toString(),
                "--reuid=" + user,
                "--regid=" + user,
                "--init-groups",
                "--no-new-privs",
                "--"));
        all.addAll(words);
        return all;
    }

    /** The same, with one more group. */
    static List<String> as(String user, OptionalInt group, List<String> words) {
        List<String> all = new ArrayList<>(as(user, words));
        if (user != null && group.isPresent()) {
            all.set(all.indexOf("--init-groups"), "--groups=" + user + "," + group.getAsInt());
        }
        return all;
    }

    /** Gives the file to the user. */
    static void own(Path path, String user) throws IOException {
        if (user != null) {
            PosixFileAttributeView view = view(path);
            view.setOwner(
                    FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(user));
            view.setGroup(group(user));
        }
    }

    /** Gives the directory and all in it to the user. */
    static void ownAll(Path directory, String user) throws IOException {
        if (user == null) {
            return;
        }
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) throws IOException {
                own(path, user);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
                own(path, user);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Lets the user's group at the file, which goes on belonging to the control plane. */
    static void share(Path path, String user) throws IOException {
        if (user != null) {
            view(path).setGroup(group(user));
        }
    }

    private static PosixFileAttributeView view(Path path) {
        return Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static GroupPrincipal group(String user) throws IOException {
        return FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByGroupName(user);
    }
}
