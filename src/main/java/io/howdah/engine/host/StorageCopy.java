package io.howdah.engine.host;

import io.howdah.shared.Measure;
import io.howdah.shared.Messages;
import io.howdah.shared.ProblemCode;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * A copy of a running server on a volume beside the one in use: filled by streaming, then a standby that follows it. It
 * listens on a Unix socket only, nobody but the control plane speaks to it, and whoever finds it after a crash starts it
 * anew.
 */
final class StorageCopy {

    /** Both the replication slot and the name by which the server knows it. */
    static final String NAME = "howdah_copy";

    /** Only a Unix socket bears it, beside that of the server. */
    private static final int PORT = 1;

    private static final Duration LOOK = Duration.ofSeconds(10);
    private static final Duration CHECKPOINT = Duration.ofMinutes(10);
    private static final Duration LOGS = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration END = Duration.ofSeconds(30);
    private static final int LOOK_MILLIS = 150;
    private static final int POLL_MILLIS = 10;
    private static final int SAID_BYTES = 4_000;

    private final ServerFile file;
    private final ServerDirectory directory;
    private final ToolSets.ToolSet tools;
    private final UUID change;
    private final ControlConnection server;
    private final ControlConnection copy;

    StorageCopy(ServerFile file, ServerDirectory directory, ToolSets.ToolSet tools, UUID change) {
        this.file = file;
        this.directory = directory;
        this.tools = tools;
        this.change = change;
        this.server = new ControlConnection(file);
        this.copy = new ControlConnection(file.at(PORT));
    }

    private Path volume() {
        return directory.volumes().resolve(change.toString());
    }

    private Path data() {
        return directory.restored(change);
    }

    /** Whether it is a copy, and has not gone its own way. */
    boolean usable() {
        return Files.exists(filled());
    }

    /** It has been in use for a moment, and can't follow any more. */
    void forsake() {
        Disk.delete(filled());
    }

    /** Says that all files have been copied once. */
    private Path filled() {
        return volume().resolve("copied");
    }

    private KeptProcess process() {
        return new KeptProcess(directory.run(), "copy");
    }

    /**
     * Copies what an earlier call has not copied to its end.
     *
     * @throws EngineFault StorageCopyFailed, EngineDiskFull
     */
    void fill(Background background, Work.Course course) {
        if (Files.exists(filled())) {
            return;
        }
        Leftovers.endWithin(volume());
        Disk.delete(data());
        try {
            Disk.directory(data(), "rwx------");
            ServiceUsers.own(data(), file.user());
            makeSlot();
            stream(background, course);
            copyLogs();
            Files.createFile(data().resolve("standby.signal"));
            ServiceUsers.own(data().resolve("standby.signal"), file.user());
            Files.createFile(filled());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void makeSlot() {
        say(
                server,
                LOOK,
                "SELECT pg_create_physical_replication_slot('" + NAME
                        + "', true) WHERE NOT EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = '" + NAME
                        + "')");
    }

    private void stream(Background background, Work.Course course) throws IOException {
        Path said = directory.run().resolve("copy.out");
        List<String> words = background.words(ServiceUsers.as(
                file.user(),
                List.of(
                        tools.program("pg_basebackup").toString(),
                        "--pgdata=" + data(),
                        "--host=" + file.sockets(),
                        "--port=" + file.directPort(),
                        "--username=" + ServerSettings.SUPERUSER,
                        "--wal-method=stream",
                        "--slot=" + NAME,
                        "--checkpoint=fast",
                        "--no-password")));
        Process copying = launch(words, said);
        File used = directory.base().toFile();
        long bytes = used.getTotalSpace() - used.getUsableSpace();
        try {
            while (!copying.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                background.giveWay();
                giveWay(course);
                long there =
                        volume().toFile().getTotalSpace() - volume().toFile().getUsableSpace();
                course.say(
                        Messages.text("engine.doing.storage.copy"),
                        new Measure(Math.min(there, bytes), bytes, Measure.Unit.BYTES));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw EngineFault.passing("interrupted", ProblemCode.EngineNotResponding);
        } finally {
            if (copying.isAlive()) {
                Leftovers.endWithin(volume());
            }
        }
        if (copying.exitValue() != 0) {
            throw failed(Disk.tail(said, SAID_BYTES));
        }
    }

    private static void giveWay(Work.Course course) {
        if (course.superseded()) {
            throw EngineFault.passing("something else was asked of the server", ProblemCode.StorageCopyFailed, "ended");
        }
    }

    private static EngineFault failed(String said) {
        if (said.contains("No space left on device")) {
            return EngineFault.lasting(said, ProblemCode.EngineDiskFull, Messages.text("engine.full.smaller"));
        }
        return EngineFault.passing(
                said,
                ProblemCode.StorageCopyFailed,
                said.lines().reduce((first, last) -> last).orElse(Messages.text("engine.fault.silent")));
    }

    private Process launch(List<String> words, Path said) throws IOException {
        Files.deleteIfExists(said);
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(volume().toFile())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(said.toFile());
        Command.clean(builder.environment());
        return builder.start();
    }

    /** The server's own logs stay with it. */
    void copyLogs() {
        new Command(
                        LOGS,
                        Command.require("cp", "coreutils").toString(),
                        "--archive",
                        "--update",
                        "--no-target-directory",
                        directory.log().toString(),
                        volume().resolve("log").toString())
                .run();
    }

    /**
     * Starts it, or starts it anew, and returns when it has come close.
     *
     * @throws EngineFault StorageCopyFailed
     */
    void follow(int storageGib, long closeBytes, Work.Course course) {
        if (process().process().isEmpty() || behindBytes().isEmpty()) {
            Leftovers.endWithin(volume());
            start(storageGib);
        }
        long until = System.nanoTime() + PATIENCE.toNanos();
        long least = Long.MAX_VALUE;
        while (true) {
            Optional<Long> behind = behindBytes();
            if (behind.isPresent() && behind.get() <= closeBytes) {
                return;
            }
            if (behind.isPresent() && behind.get() < least) {
                least = behind.get();
                until = System.nanoTime() + PATIENCE.toNanos();
            }
            if (process().process().isEmpty() || System.nanoTime() > until) {
                throw failed(Disk.tail(directory.run().resolve("copy.out"), SAID_BYTES));
            }
            giveWay(course);
            course.say(Messages.text("engine.doing.storage.catch-up"));
            Pause.millis(LOOK_MILLIS);
        }
    }

    private void start(int storageGib) {
        try {
            // A standby with fewer slots than the server has would not let itself be asked how far it is.
            int connections = number(server, "SELECT current_setting('max_connections')::int");
            Process started = launch(
                    ServiceUsers.as(file.user(), standby(connections, storageGib)),
                    directory.run().resolve("copy.out"));
            ProcessMark.of(started.pid())
                    .ifPresent(mark -> Disk.write(
                            directory.run().resolve("copy.pid"),
                            mark.pid() + " " + mark.startTicks() + "\n",
                            "rw-------",
                            null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> standby(int connections, int storageGib) {
        List<String> words = new ArrayList<>(List.of(
                Command.require("setsid", "util-linux").toString(),
                tools.program("postgres").toString(),
                "-D",
                data().toString()));
        for (String setting : List.of(
                "port=" + PORT,
                "listen_addresses=",
                "unix_socket_directories=" + file.sockets(),
                "primary_conninfo=host=" + file.sockets() + " port=" + file.directPort() + " user="
                        + ServerSettings.SUPERUSER + " application_name=" + NAME,
                "primary_slot_name=" + NAME,
                "recovery_target_timeline=current",
                "hot_standby=on",
                "max_connections=" + connections,
                "shared_buffers=32MB",
                "max_wal_size=" + ServerSettings.maxWalMib(storageGib) + "MB",
                "shared_preload_libraries=",
                "ssl=off",
                "logging_collector=off",
                "log_destination=stderr")) {
            words.add("-c");
            words.add(setting);
        }
        return words;
    }

    /** How much WAL of the server it has not replayed; empty while it does not follow. */
    private Optional<Long> behindBytes() {
        return server.use(LOOK, connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(
                            "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn)::bigint FROM pg_stat_replication"
                                    + " WHERE application_name = '" + NAME + "' AND state = 'streaming'"
                                    + " AND replay_lsn IS NOT NULL")) {
                return row.next() ? Optional.of(Math.max(0, row.getLong(1))) : Optional.empty();
            }
        });
    }

    /** So that little is left to be written down when it is stopped. */
    void checkpoint() {
        say(server, CHECKPOINT, "CHECKPOINT");
        say(copy, CHECKPOINT, "CHECKPOINT");
    }

    /**
     * Returns when it has all that the server, which has ended, has written.
     *
     * @throws EngineFault StorageCopyFailed when the server did not end in good order, or something is missing
     */
    void requireWhole() {
        ControlData ended = ControlData.read(file, tools, directory.data());
        if (!ended.shutDown()) {
            throw EngineFault.passing(ended.said(), ProblemCode.StorageCopyFailed, Messages.text("engine.fault.order"));
        }
        String last = ended.lastCheckpoint();
        long until = System.nanoTime() + END.toNanos();
        while (number(copy, "SELECT (pg_last_wal_replay_lsn() > '" + last + "')::int") == 0) {
            if (System.nanoTime() > until) {
                throw EngineFault.passing(last, ProblemCode.StorageCopyFailed, Messages.text("engine.fault.changes"));
            }
            Pause.millis(POLL_MILLIS);
        }
    }

    /** Ends it in good order. */
    void end() {
        KeptProcess standby = process();
        standby.process().ifPresent(running -> standby.signal(running, "INT"));
        long until = System.nanoTime() + END.toNanos();
        while (standby.process().isPresent() && System.nanoTime() < until) {
            Pause.millis(POLL_MILLIS);
        }
        Leftovers.endWithin(volume());
        Disk.delete(directory.run().resolve("copy.pid"));
    }

    /** The next PostgreSQL that is started on it ends its recovery and begins a timeline. */
    void promote() {
        try {
            Path signal = data().resolve("recovery.signal");
            if (!Files.exists(signal)) {
                Files.createFile(signal);
                ServiceUsers.own(signal, file.user());
            }
            Files.deleteIfExists(data().resolve("standby.signal"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Taken back: it follows again. */
    void demote() {
        try {
            Path signal = data().resolve("standby.signal");
            if (Files.exists(data().resolve("recovery.signal"))) {
                if (!Files.exists(signal)) {
                    Files.createFile(signal);
                    ServiceUsers.own(signal, file.user());
                }
                Files.delete(data().resolve("recovery.signal"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The server, which runs, keeps WAL for it no more. */
    void dropSlot() {
        String ours = " FROM pg_replication_slots WHERE slot_name = '" + NAME + "'";
        long until = System.nanoTime() + END.toNanos();
        // The server may take a moment to notice that nobody reads from it any more.
        while (number(server, "SELECT count(*)" + ours) > 0 && System.nanoTime() < until) {
            say(server, LOOK, "SELECT pg_drop_replication_slot(slot_name)" + ours + " AND NOT active");
            Pause.millis(POLL_MILLIS);
        }
    }

    /** The same of one that is down. */
    static void forgetSlot(ServerDirectory directory) {
        Disk.delete(directory.data().resolve("pg_replslot").resolve(NAME));
    }

    /** Slots of others, by name. */
    List<String> otherSlots() {
        return server.use(LOOK, connection -> {
            List<String> names = new ArrayList<>();
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT slot_name FROM pg_replication_slots"
                            + " WHERE NOT temporary AND slot_name <> '" + NAME + "' ORDER BY slot_name")) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
            return names;
        });
    }

    private static void say(ControlConnection to, Duration limit, String sql) {
        to.use(limit, connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute(sql);
            }
        });
    }

    private static int number(ControlConnection of, String query) {
        return of.use(LOOK, connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(query)) {
                row.next();
                return row.getInt(1);
            }
        });
    }
}
