package io.howdah.engine.host;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A backup as a plain PostgreSQL starts it, packed as it is read: it is restored into a folder of its own at the first read,
 * with the WAL that makes it whole and without what ties it to this host. Closing it ends the work and removes the folder.
 */
final class Tarball extends InputStream {

    private static final Duration OVERDUE = Duration.ofDays(2);
    private static final int SAID_BYTES = 8_192;

    private final PgBackRest tool;
    private final WalArchive.Base base;
    private final Background background;
    private final Path place;
    private final Path data;
    private final String user;
    private volatile boolean closed;
    private volatile ToolStream packed;

    /** @param folder where copies are made */
    Tarball(PgBackRest tool, WalArchive.Base base, Path folder, Background background) {
        this.tool = tool;
        this.base = base;
        this.background = background;
        this.place = folder.resolve(UUID.randomUUID().toString());
        this.data = place.resolve("postgresql-" + base.backup().label());
        this.user = tool.user();
        clear(folder);
        lay(folder);
        Restoration.requireRoom(data, base);
    }

    private void lay(Path folder) {
        try {
            Disk.directory(folder, "rwx--x--x");
            for (Path path : List.of(place, place.resolve("lock"), data)) {
                Disk.directory(path, "rwx------");
                ServiceUsers.own(path, user);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a portal that was killed has left. */
    private static void clear(Path folder) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> copies = Files.list(folder)) {
            for (Path copy : copies.toList()) {
                if (Files.getLastModifiedTime(copy, LinkOption.NOFOLLOW_LINKS)
                        .toInstant()
                        .isBefore(Instant.now().minus(OVERDUE))) {
                    Disk.delete(copy);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ToolStream packed() throws IOException {
        if (packed == null) {
            try {
                restore();
                bringWal();
                untie();
                requireOpen();
                packed = pack();
            } catch (EngineFault e) {
                throw new IOException(e.failed().problem().message(), e);
            }
        }
        requireOpen();
        return packed;
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException("closed");
        }
    }

    private void restore() throws IOException {
        Path said = Files.createTempFile("howdah-", ".out");
        try {
            int code = tool.run(
                    new PgBackRest.Copying(
                            List.of(
                                    "restore",
                                    "--set=" + base.backup().label(),
                                    "--type=none",
                                    "--pg1-path=" + data,
                                    "--lock-path=" + place.resolve("lock"),
                                    "--spool-path=" + place.resolve("lock"),
                                    "--log-level-console=detail"),
                            data,
                            said,
                            0,
                            background),
                    () -> closed,
                    measure -> {});
            requireOpen();
            if (code != 0) {
                throw PgBackRest.fault(code, Disk.tail(said, SAID_BYTES));
            }
        } finally {
            Files.deleteIfExists(said);
        }
    }

    /** Most backups have it in them already. */
    private void bringWal() throws IOException {
        int timeline = base.last().timeline();
        for (long number = base.first().number(); number <= base.last().number(); number++) {
            String name = new WalSegment(timeline, number).name();
            Path here = data.resolve("pg_wal").resolve(name);
            requireOpen();
            if (!Files.exists(here)) {
                tool.require(
                        "archive-get",
                        "--pg1-path=" + data,
                        "--lock-path=" + place.resolve("lock"),
                        name,
                        here.toString());
            }
        }
    }

    private void untie() throws IOException {
        Files.deleteIfExists(data.resolve("recovery.signal"));
        Files.deleteIfExists(data.resolve("standby.signal"));
        without(data.resolve("postgresql.conf"), "include '../conf/howdah.conf'");
        without(data.resolve("postgresql.auto.conf"), "restore_command", "recovery_target");
    }

    /** Comments out the lines that begin so. */
    private void without(Path file, String... beginnings) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        StringBuilder text = new StringBuilder();
        for (String line : Files.readAllLines(file)) {
            boolean ours = List.of(beginnings).stream().anyMatch(line.strip()::startsWith);
            text.append(ours ? "# " : "").append(line).append('\n');
        }
        Files.delete(file);
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
        ServiceUsers.own(file, user);
    }

    private ToolStream pack() throws IOException {
        List<String> words = ServiceUsers.as(
                user,
                List.of(
                        Command.require("nice", "coreutils").toString(),
                        "-n",
                        "10",
                        Command.require("tar", "tar").toString(),
                        "--create",
                        "--owner=postgres:26",
                        "--group=postgres:26",
                        "--directory=" + place,
                        data.getFileName().toString()));
        ProcessBuilder builder = new ProcessBuilder(words);
        Command.clean(builder.environment());
        builder.directory(place.toFile());
        return new ToolStream(builder.start());
    }

    @Override
    public int read() throws IOException {
        return packed().read();
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
        return packed().read(bytes, from, count);
    }

    @Override
    public void close() throws IOException {
        closed = true;
        if (packed != null) {
            packed.close();
        }
        Leftovers.endWithin(place);
        Disk.delete(place);
    }
}
