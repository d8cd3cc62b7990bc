package io.howdah.engine.host;

import io.howdah.engine.ServerKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A server's backups and archived WAL, {@code backups/<id>/}, which outlive the server. What is in {@code repo/} belongs to
 * the server's own OS user while that exists. The settings of the tool lie elsewhere, since they hold the key: whoever
 * carries the backups away has not got the keys.
 *
 * <p>A second one may lie in an object store. Nothing of it is on this host but its settings, which the control plane keeps
 * to itself.
 *
 * @param root the backups
 * @param desk the settings and locks
 * @param settings what the tool reads
 * @param second the tool for a repository elsewhere, or null for the one on this host
 */
record Repository(ServerKey server, Path root, Path desk, Path settings, Path second) {

    static final String STANZA = "main";

    private static final int CERTAIN_BYTES = 65_536;
    private static final int SETTINGS_BYTES = 65_536;

    static Repository local(ServerKey server, Path root, Path desk) {
        return new Repository(server, root, desk, desk.resolve("pgbackrest.conf"), null);
    }

    /** @param settings which may lie with a server that restores from it */
    static Repository remote(ServerKey server, Path desk, Path settings, Path tool) {
        return new Repository(server, desk, desk, settings, tool);
    }

    /** Whether it lies elsewhere. */
    boolean remote() {
        return second != null;
    }

    Path files() {
        return root.resolve("repo");
    }

    private Path lock() {
        return desk.resolve("lock");
    }

    boolean exists() {
        return Files.isDirectory(files());
    }

    /** Of one that is remote nobody knows without asking it. */
    boolean hasStanza() {
        return remote()
                || Files.exists(files().resolve("archive").resolve(STANZA).resolve("archive.info"));
    }

    /** The OS user whose the backups are, or null where that is the portal's own. */
    String owner() {
        if (remote() || !ServiceUsers.runsAsRoot() || !exists()) {
            return null;
        }
        try {
            String owner = Files.getOwner(files()).getName();
            return owner.equals("root") ? null : owner;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path certainFile() {
        return root.resolve(remote() ? "remote-certain" : "certain");
    }

    /** By timeline, up to when all that was committed is known to be here: what files' times say is rough. */
    Map<Integer, Instant> certain() {
        Map<Integer, Instant> certain = new TreeMap<>();
        for (String line : Disk.tail(certainFile(), CERTAIN_BYTES).lines().toList()) {
            String[] words = line.split(" ");
            certain.put(Integer.valueOf(words[0]), Instant.parse(words[1]));
        }
        return certain;
    }

    void certain(int timeline, Instant instant) {
        Map<Integer, Instant> certain = certain();
        certain.put(timeline, instant);
        StringBuilder lines = new StringBuilder();
        certain.forEach(
                (known, until) -> lines.append(known).append(' ').append(until).append('\n'));
        Disk.write(certainFile(), lines.toString(), "rw-------", null);
    }

    boolean hasBackups() {
        Path backups = files().resolve("backup").resolve(STANZA);
        try (Stream<Path> there = Files.list(backups)) {
            return there.anyMatch(path -> path.getFileName().toString().matches("\\d{8}-\\d{6}F.*"));
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The group that may read it, where the portal runs as root; whoever restores from it needs to be in it. */
    OptionalInt group() {
        if (remote() || !ServiceUsers.runsAsRoot() || !exists()) {
            return OptionalInt.empty();
        }
        try {
            return OptionalInt.of((int) Files.getAttribute(files(), "unix:gid"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The directories, and who may do what in them. */
    void lay(String user) {
        try {
            Disk.directory(root.getParent(), "rwx--x--x");
            Disk.directory(root, user == null ? "rwx------" : "rwxr-x---");
            ServiceUsers.share(root, user);
            Disk.directory(files(), user == null ? "rwx------" : "rwxr-x---");
            if (user != null && !Files.getOwner(files()).getName().equals(user)) {
                ServiceUsers.ownAll(files(), user);
            }
            layDesk(user);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void layDesk(String user) throws IOException {
        Disk.directory(desk.getParent(), "rwx--x--x");
        Disk.directory(desk, user == null ? "rwx------" : "rwxr-x---");
        Disk.directory(lock(), "rwx------");
        ServiceUsers.own(lock(), user);
    }

    /** Writes the tool's settings, for the server itself. */
    void configure(ServerFile file, ServerDirectory directory, String key) {
        write(settings(key)
                + """
                pg1-path=%s
                pg1-socket-path=%s
                pg1-port=%d
                pg1-user=%s
                """.formatted(directory.data(), file.sockets(), file.directPort(), ServerSettings.SUPERUSER));
    }

    /** Writes the tool's settings where there is no server any more. */
    void configureAlone(String key, String user) {
        try {
            layDesk(user);
            write(settings(key));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String text) {
        Disk.write(settings, text, "rw-------", null);
        try {
            if (group().isPresent()) {
                Files.setAttribute(desk, "unix:gid", group().getAsInt());
                Files.setPosixFilePermissions(desk, PosixFilePermissions.fromString("rwxr-x---"));
                Files.setAttribute(settings, "unix:gid", group().getAsInt());
                Files.setPosixFilePermissions(settings, PosixFilePermissions.fromString("rw-r-----"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the tool is told that key; it was the right one when the backups were written. */
    boolean isTold(String key) {
        return Disk.tail(settings(), SETTINGS_BYTES).contains("\nrepo1-cipher-pass=" + key + "\n");
    }

    /** Whether what holds it has no room for another piece of WAL. */
    boolean isFull() {
        try {
            return Files.getFileStore(files()).getUsableSpace() < WalSegment.BYTES;
        } catch (IOException e) {
            return false;
        }
    }

    private String settings(String key) {
        return """
                # Written by Howdah; changes are lost.
                [global]
                repo1-path=%s
                repo1-cipher-type=aes-256-cbc
                repo1-cipher-pass=%s
                compress-type=zst
                lock-path=%s
                log-level-file=off
                log-level-console=warn
                log-level-stderr=off
                archive-timeout=60
                archive-copy=y
                start-fast=y
                process-max=%d
                [%s]
                """.formatted(files(), key, lock(), processes(), STANZA);
    }

    /** How much of the tool may run at once: the servers go first. */
    static int processes() {
        return Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, 4);
    }

    /** The words that begin every call of the tool. */
    List<String> tool() {
        Path program = remote() ? second : PgBackRest.program();
        return List.of(program.toString(), "--config=" + settings, "--stanza=" + STANZA);
    }

    /** The setting by which PostgreSQL hands over its WAL. */
    String archiveCommand() {
        return String.join(" ", tool()) + " archive-push \"%p\"";
    }

    /**
     * The setting by which a server that is being restored gets WAL from here. What could not be fetched must not be taken
     * for the end of all WAL, as PostgreSQL takes every exit code up to 125.
     */
    String restoreCommand(ServerDirectory restored) {
        return String.join(" ", tool()) + " --pg1-path=" + restored.data() + " --lock-path="
                + restored.restoreLock()
                + " archive-get %f \"%p\" || { s=$?; [ $s -eq 1 ] || s=255; exit $s; }";
    }
}
