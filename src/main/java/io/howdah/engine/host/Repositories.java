package io.howdah.engine.host;

import io.howdah.engine.ServerKey;
import io.howdah.shared.ProblemCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The repositories of all servers, also of those that are gone. */
final class Repositories {

    private static final Pattern ADDRESS = Pattern.compile("(?m)^# at (\\S+):(\\d+)$");
    private static final Pattern TOOL = Pattern.compile("(?m)^# with (/\\S+)$");
    /** What lets one in over SFTP is a file, which the tool is told the path of. */
    private static final Pattern KEY_FILE = Pattern.compile("(?m)^repo1-sftp-private-key-file=(/\\S+)$");

    private static final int PATIENCE_MILLIS = 5_000;

    private final Path backups;
    private final Path desks;
    private final BackupKeys keys;
    private final String heirs;
    private final HostSettings settings;

    Repositories(HostSettings settings) {
        this.backups = settings.home().resolve("backups");
        this.desks = settings.home().resolve("repositories");
        this.keys = new BackupKeys(settings.home());
        this.heirs = settings.userPrefix() + "backups";
        this.settings = settings;
    }

    /** With the settings of the tool, which are made anew where only the backups themselves are left. */
    Repository of(ServerKey key) {
        Repository repository = Repository.local(key, backups.resolve(key.toString()), desks.resolve(key.toString()));
        if (repository.exists() && !Files.exists(repository.settings())) {
            inherit(repository);
        }
        return repository;
    }

    /** The second one, elsewhere, if the installation has such a place. Only the control plane reads its settings. */
    Optional<Repository> remote(ServerKey key, ServerFile file, ServerDirectory directory) {
        if (settings.remote() == null) {
            return Optional.empty();
        }
        Path desk = desks.resolve(key.toString());
        Repository repository = Repository.remote(key, desk, desk.resolve("remote.conf"), remoteTool());
        Path locks = desk.resolve("remote-lock");
        if (!Files.isDirectory(desk)) {
            Disk.directory(desks, "rwx--x--x");
            Disk.directory(desk, "rwx------");
        }
        Disk.directory(locks, "rwx------");
        String cluster = file == null
                ? ""
                : """
                pg1-path=%s
                pg1-socket-path=%s
                pg1-port=%d
                pg1-user=%s
                """.formatted(directory.data(), file.sockets(), file.directPort(), ServerSettings.SUPERUSER);
        Disk.write(repository.settings(), remoteSettings(key, locks) + cluster, "rw-------", null);
        return Optional.of(repository);
    }

    private String remoteSettings(ServerKey key, Path locks) {
        return """
                # Written by Howdah; changes are lost.
                [global]
                %s
                repo1-path=%s/%s
                repo1-cipher-type=aes-256-cbc
                repo1-cipher-pass=%s
                repo1-bundle=y
                compress-type=zst
                lock-path=%s
                log-level-file=off
                log-level-console=warn
                log-level-stderr=off
                io-timeout=15
                start-fast=y
                process-max=%d
                [%s]
                """.formatted(
                place(),
                settings.remote().path().equals("/") ? "" : settings.remote().path(),
                key,
                keys.ofRemote(key),
                locks,
                Repository.processes(),
                Repository.STANZA);
    }

    /**
     * The tool itself tries a place that is away for minutes.
     *
     * @throws EngineFault RemoteAway
     */
    void requireRemote() {
        Matcher address = ADDRESS.matcher(place());
        if (!address.find()) {
            // A folder, which is there or which the tool says at once is not.
            return;
        }
        int port = Integer.parseInt(address.group(2));
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.group(1), port), PATIENCE_MILLIS);
        } catch (IOException | RuntimeException e) {
            throw EngineFault.passing(e.toString(), ProblemCode.RemoteAway, address.group(1) + ":" + port);
        }
    }

    private Path remoteTool() {
        Matcher tool = TOOL.matcher(place());
        return tool.find() ? Path.of(tool.group(1)) : PgBackRest.program();
    }

    private Path placeFile() {
        return desks.resolve("remote.place");
    }

    /** Where the place is and how to sign in there, as {@code ./howdah run} writes it. */
    private String place() {
        Path file = placeFile();
        try {
            return Files.readString(file).strip();
        } catch (NoSuchFileException e) {
            throw EngineFault.lasting(file + " is missing", ProblemCode.RemoteNotSetUp);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Lets a server that is being restored read a second repository, until {@link #endReading}. It takes no clients
     * meanwhile, so nobody else gets at what lets it in.
     */
    Repository beginReading(Repository remote, ServerDirectory into, String user) {
        Path copy = borrowed(into);
        try {
            Disk.delete(copy);
            String text = Files.readString(remote.settings()).replaceAll("(?m)^pg1-.*\n", "");
            Matcher keyFile = KEY_FILE.matcher(text);
            if (keyFile.find()) {
                Path borrowedKey = borrowedKey(into);
                lend(Files.readString(Path.of(keyFile.group(1))), borrowedKey, user);
                text = keyFile.replaceFirst(
                        "repo1-sftp-private-key-file=" + Matcher.quoteReplacement(borrowedKey.toString()));
            }
            lend(text, copy, user);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Repository.remote(remote.server(), remote.desk(), copy, remote.second());
    }

    private static void lend(String text, Path file, String user) throws IOException {
        Disk.write(file, text, "rw-------", null);
        ServiceUsers.own(file, user);
    }

    /** What a server that is being restored reads from. */
    Repository read(ServerKey from, ServerDirectory into) {
        Path copy = borrowed(into);
        return Files.exists(copy)
                ? Repository.remote(from, desks.resolve(from.toString()), copy, remoteTool())
                : of(from);
    }

    void endReading(ServerDirectory into) {
        Disk.delete(borrowed(into));
        Disk.delete(borrowedKey(into));
    }

    private static Path borrowed(ServerDirectory into) {
        return into.restoreLock().resolve("remote.conf");
    }

    private static Path borrowedKey(ServerDirectory into) {
        return into.restoreLock().resolve("remote-key");
    }

    Set<ServerKey> all() {
        Set<ServerKey> found = new HashSet<>();
        if (Files.isDirectory(backups)) {
            try (Stream<Path> children = Files.list(backups)) {
                children.map(child -> child.getFileName().toString())
                        .filter(name -> name.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"))
                        .forEach(name -> found.add(new ServerKey(UUID.fromString(name))));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return found;
    }

    /** Whether the installation's backup key, as it lies there now, is the one that the backups are written with. */
    boolean keyFits(Repository repository) {
        try {
            return repository.isTold(keys.of(repository.server()));
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    /** Makes the repository's directories and settings, or brings them up to date. */
    Repository lay(ServerFile file, ServerDirectory directory) {
        Repository repository = of(file.key());
        repository.lay(file.user());
        repository.configure(file, directory, keys.of(file.key()));
        return repository;
    }

    /**
     * Its server is about to go, and its OS user with it: from now on the repository belongs to the control plane, if there
     * is anything to restore from.
     */
    void outlive(ServerKey key) {
        Repository repository = of(key);
        if (!repository.hasBackups()) {
            delete(key);
            return;
        }
        if (!ServiceUsers.runsAsRoot()) {
            return;
        }
        ServiceUsers.ensure(heirs);
        try {
            ServiceUsers.ownAll(repository.root(), heirs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Disk.delete(repository.desk());
    }

    /** Whoever owns the backups goes on owning them; where that user is no more, or never was on this machine, heirs do. */
    private void inherit(Repository repository) {
        String user = repository.owner();
        try {
            if (ServiceUsers.runsAsRoot()
                    && (user == null || ServiceUsers.find(user).isEmpty())) {
                user = heirs;
                ServiceUsers.ensure(heirs);
                ServiceUsers.ownAll(repository.root(), heirs);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        repository.configureAlone(keys.of(repository.server()), user);
    }

    /** Removes the repository for good. */
    void delete(ServerKey key) {
        Repository repository = of(key);
        Disk.delete(repository.root());
        Disk.delete(repository.desk());
    }
}
