package io.howdah.engine.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Data directories made ahead, one of each version in use, so that nobody waits for {@code initdb}: it is most of what
 * making a server takes. Each is used once and has a system identifier of its own, as if it had been made on the spot.
 * Without a spare, making a server takes as long as it takes.
 */
final class Spares {

    private static final Logger LOG = Logger.getLogger(Spares.class.getName());
    private static final Duration INITDB = Duration.ofMinutes(5);
    private static final Duration COPY = Duration.ofMinutes(1);
    private static final int LOCALE_PROVIDER_MAJOR = 15;

    private final Path spares;
    private final Path home;
    private final String user;
    private final boolean wanted;
    private boolean refilling;

    Spares(HostSettings settings) {
        this.home = settings.home();
        this.wanted = settings.spares();
        this.spares = home.resolve("spares");
        this.user = ServiceUsers.runsAsRoot() ? settings.userPrefix() + "spare" : null;
    }

    /**
     * Moves the version's spare there, which must not exist, and gives it to the user.
     *
     * @param aside where it goes first, beside the spares' file system: no two servers may get the same one
     * @return whether there was one
     */
    boolean take(ToolSets.ToolSet tool, Path data, Path aside, String owner) {
        Disk.delete(aside);
        try {
            Files.move(spare(tool), aside, StandardCopyOption.ATOMIC_MOVE);
            try {
                Files.move(aside, data, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException otherFileSystem) {
                new Command(
                                COPY,
                                Command.require("cp", "coreutils").toString(),
                                "-a",
                                aside.toString(),
                                data.toString())
                        .run();
                Disk.delete(aside);
            }
            ServiceUsers.ownAll(data, owner);
            return true;
        } catch (NoSuchFileException | AtomicMoveNotSupportedException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes the version's spare in the background, behind all other work, unless it is there. */
    synchronized void refill(ToolSets.ToolSet tool) {
        if (!wanted || refilling || Files.exists(spare(tool))) {
            return;
        }
        refilling = true;
        Thread.ofPlatform().daemon().name("spare-" + tool.full()).start(() -> {
            try {
                make(tool);
            } catch (EngineFault e) {
                LOG.log(
                        Level.INFO,
                        e,
                        () -> "No data directory was made ahead: " + e.failed().detail());
            } catch (RuntimeException e) {
                LOG.log(Level.INFO, e, () -> "No data directory was made ahead.");
            } finally {
                done();
            }
        });
    }

    private synchronized void done() {
        refilling = false;
    }

    private void make(ToolSets.ToolSet tool) {
        Path unfinished = spares.resolve(tool.full() + ".new");
        Disk.directory(home, "rwx--x--x");
        Disk.directory(spares, "rwx--x--x");
        Leftovers.endWithin(spares);
        clear(tool.major());
        try {
            ServiceUsers.ensure(user);
            Disk.directory(unfinished, "rwx------");
            ServiceUsers.own(unfinished, user);
            List<String> words =
                    new ArrayList<>(List.of(Command.require("nice", "coreutils").toString(), "-n", "19"));
            words.addAll(ServiceUsers.as(user, initialisation(tool, unfinished)));
            new Command(INITDB, words).in(unfinished).run();
            Files.move(unfinished, spare(tool), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was not finished, and what a minor version made that is not in use any more. */
    private void clear(int major) {
        try (Stream<Path> others = Files.list(spares)) {
            others.filter(other -> other.getFileName().toString().startsWith(major + "."))
                    .forEach(Disk::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path spare(ToolSets.ToolSet tool) {
        return spares.resolve(tool.full());
    }

    /** The command that makes a data directory; what it writes is not on the disk yet when it ends. */
    static List<String> initialisation(ToolSets.ToolSet tool, Path data) {
        List<String> words = new ArrayList<>(List.of(
                tool.program("initdb").toString(),
                "--no-sync",
                "--data-checksums",
                "--username=" + ServerSettings.SUPERUSER,
                "--auth-local=peer",
                "--auth-host=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--pgdata=" + data));
        if (tool.major() >= LOCALE_PROVIDER_MAJOR) {
            words.add("--locale-provider=libc");
        }
        return words;
    }
}
