package io.howdah.engine.host;

import io.howdah.engine.Compute;
import io.howdah.engine.ResizePlan;
import io.howdah.engine.SettingChange;
import io.howdah.shared.Messages;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Moves a server to another size. Limits grow first and shrink last; a restart of PostgreSQL happens while the pooler holds
 * the clients back. What is to be done is found by looking at the running PostgreSQL, so that a change whose portal died
 * anywhere in it goes on, or back, from wherever it is.
 */
final class Resizing {

    private static final Duration LOOK = Duration.ofSeconds(10);
    private static final Duration CHECKPOINT = Duration.ofMinutes(10);
    /** A checkpoint that took this long leaves much that has become dirty meanwhile. */
    private static final Duration LONG_CHECKPOINT = Duration.ofSeconds(1);

    private static final double RESTART_VCORES = 2;
    private static final int SHRINK_TRIES = 50;
    private static final int SHRINK_PAUSE_MILLIS = 100;

    /** The settings of the running PostgreSQL that only a restart changes. */
    private record Fixed(int maxConnections, int sharedBuffersMib) {

        static Fixed of(SizeSettings size) {
            return new Fixed(size.maxConnections(), size.sharedBuffersMib());
        }
    }

    private final ServerFile file;
    private final ServerDirectory directory;
    private final HostSettings settings;
    private final ServerProcesses processes;
    private final ControlConnection control;

    Resizing(ServerFile file, ServerDirectory directory, HostSettings settings) {
        this.file = file;
        this.directory = directory;
        this.settings = settings;
        this.processes = new ServerProcesses(file, directory, settings);
        this.control = new ControlConnection(file);
    }

    /** What there is to work with. */
    record Means(ServerDirectories directories, Limits limits, ToolSets.ToolSet tools, Clock clock) {}

    /**
     * @param start starts what the server file says, or does nothing when it runs
     * @throws EngineFault EngineTransactionInTheWay, EnginePoolerNotHeld, EngineTooManySessions, EngineMemoryInUse,
     *     EngineStartFailed, EngineNotResponding
     */
    void run(UUID change, Compute wanted, Means means, Consumer<ServerFile> start, Work.Course course) {
        ServerFile sized = file.sized(wanted);
        ResizeFile told = begin(change, wanted, means);
        if (downAnyway(sized, means, start)) {
            return;
        }
        start.accept(file);
        SizeSettings wants = SizeSettings.of(wanted);
        Fixed has = fixed();
        requireFewEnoughSessions(has, wants);
        boolean restart = !has.equals(Fixed.of(wants));
        Compute meanwhile = larger(file.specification().compute(), wanted);
        means.limits().apply(file.shortName(), restart ? hurried(meanwhile) : meanwhile, device());
        if (restart) {
            try {
                restart(told, sized, means, course);
            } catch (EngineFault e) {
                shrink(means.limits(), file.specification().compute());
                throw e;
            }
        } else if (!changes(wanted).isEmpty()) {
            write(sized);
            reload();
        }
        shrink(means.limits(), wanted);
        means.directories().update(sized);
        count(change);
    }

    private void count(UUID change) {
        ResizeFile.read(directory, change).filter(told -> told.meter() != null).ifPresent(told -> told.with(
                        told.meter().since(file, directory))
                .write(directory));
    }

    /**
     * Changes what PostgreSQL need not be restarted for; the rest it reads when it starts next.
     *
     * @param start as in {@link #run}
     * @throws EngineFault EngineMemoryInUse, EngineStartFailed, EngineNotResponding
     */
    void runWithoutRestart(UUID change, Compute wanted, Means means, Consumer<ServerFile> start) {
        ServerFile sized = file.sized(wanted);
        begin(change, wanted, means);
        if (downAnyway(sized, means, start)) {
            return;
        }
        boolean later = !fixed().equals(Fixed.of(SizeSettings.of(wanted)));
        Compute before = file.specification().compute();
        // What PostgreSQL has reserved for itself it gives back only when it starts anew.
        Compute now = later
                ? new Compute(
                        wanted.vCores(), Math.max(before.memoryMib(), wanted.memoryMib()), wanted.maxConnections())
                : wanted;
        write(sized);
        reload();
        shrink(means.limits(), now);
        means.directories().update(sized);
        count(change);
    }

    private ResizeFile begin(UUID change, Compute wanted, Means means) {
        ResizeFile told = ResizeFile.read(directory, change)
                .map(known -> known.to(wanted))
                .orElseGet(() -> new ResizeFile(
                        change,
                        file.specification().compute(),
                        wanted,
                        false,
                        null,
                        0,
                        PoolerMeter.read(file, directory),
                        null));
        return endWhatIsLeft(told, means.clock()).write(directory);
    }

    /** One that is down has its new size when it starts. */
    private boolean downAnyway(ServerFile sized, Means means, Consumer<ServerFile> start) {
        if (!processes.wanted()) {
            keep(sized, means);
            return true;
        }
        if (!processes.postgresRuns()) {
            // It is down as it is: there is nobody to be held back, and the size may be why.
            keep(sized, means);
            start.accept(sized);
            return true;
        }
        if (!processes.postgresComesBack()) {
            throw EngineFault.passing("it does not answer", ProblemCode.EngineNotResponding);
        }
        return false;
    }

    /** An earlier portal may have died while it held the clients back. */
    private ResizeFile endWhatIsLeft(ResizeFile told, Clock clock) {
        ClientHold hold = hold();
        if (hold.left()) {
            hold.end();
            return told.letGo(clock.instant());
        }
        return told.letGo(hold.endedByGuard().orElse(clock.instant()));
    }

    private ClientHold hold() {
        return new ClientHold(file, directory, settings.home());
    }

    private void keep(ServerFile sized, Means means) {
        means.directories().update(sized);
        write(sized);
    }

    private void write(ServerFile sized) {
        new ServerSettings(sized, directory, settings).write();
    }

    private List<SettingChange> changes(Compute wanted) {
        return SizeSettings.of(file.specification().compute()).changesTo(SizeSettings.of(wanted));
    }

    private void restart(ResizeFile before, ServerFile sized, Means means, Work.Course course) {
        checkpoint(course);
        giveWay(course);
        course.say(Messages.text("engine.doing.clients"));
        Instant since = means.clock().instant();
        long begun = System.nanoTime();
        before.held(since).withRestart().write(directory);
        ClientHold hold = hold();
        boolean held = false;
        try {
            // Before the clients wait: should PostgreSQL die now, it comes back in the new size, and has room for it.
            write(sized);
            hold.begin();
            held = true;
            processes.restartPostgres(means.tools(), hold::reread, course);
        } catch (RuntimeException e) {
            course.say(Messages.text("engine.doing.size.back"));
            write(file);
            if (held) {
                processes.postgresComesBack();
                hold.reread();
            }
            throw e;
        } finally {
            if (held) {
                hold.end();
            }
            // The clock of the host may be set meanwhile.
            ResizeFile told = before.held(since).letGo(since.plusNanos(System.nanoTime() - begun));
            (held ? told.withRestart() : told).write(directory);
        }
    }

    private static void giveWay(Work.Course course) {
        if (course.superseded()) {
            throw EngineFault.passing("something else was asked of the server", ProblemCode.EnginePoolerNotHeld, "0");
        }
    }

    /** So that little is left to be written down while the clients wait. */
    private void checkpoint(Work.Course course) {
        course.say(Messages.text("engine.doing.checkpoint"));
        long begun = System.nanoTime();
        execute(CHECKPOINT, "CHECKPOINT");
        if (System.nanoTime() - begun > LONG_CHECKPOINT.toNanos()) {
            execute(CHECKPOINT, "CHECKPOINT");
        }
    }

    private void reload() {
        execute(LOOK, "SELECT pg_reload_conf()");
    }

    private void execute(Duration limit, String sql) {
        control.use(limit, connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute(sql);
            }
        });
    }

    private Fixed fixed() {
        return control.use(LOOK, connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("""
                            SELECT current_setting('max_connections')::int,
                                   (pg_size_bytes(current_setting('shared_buffers')) / 1048576)::int""")) {
                row.next();
                return new Fixed(row.getInt(1), row.getInt(2));
            }
        });
    }

    private void requireFewEnoughSessions(Fixed has, SizeSettings wants) {
        if (wants.maxConnections() < has.maxConnections()) {
            int sessions = sessions();
            if (sessions > wants.slots()) {
                throw EngineFault.lasting(
                        null,
                        ProblemCode.EngineTooManySessions,
                        Integer.toString(sessions),
                        Integer.toString(wants.slots()));
            }
        }
    }

    /** Those at work: a connection that the pooler merely keeps warm comes over the socket and is idle. */
    private int sessions() {
        return control.use(LOOK, connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("""
                            SELECT count(*) FROM pg_stat_activity
                             WHERE backend_type = 'client backend' AND usename <> '%s'
                               AND (client_addr IS NOT NULL OR state <> 'idle')""".formatted(ServerSettings.SUPERUSER))) {
                row.next();
                return row.getInt(1);
            }
        });
    }

    /** The kernel may first have to write the file cache back before it takes memory away. */
    private void shrink(Limits limits, Compute wanted) {
        for (int i = 1; ; i++) {
            try {
                limits.apply(file.shortName(), wanted, device());
                return;
            } catch (UncheckedIOException e) {
                if (i == SHRINK_TRIES) {
                    throw EngineFault.lasting(
                            e.getMessage(),
                            ProblemCode.EngineMemoryInUse,
                            Integer.toString(wanted.memoryMib()),
                            limits.usedMemoryMib(file.shortName()));
                }
                Pause.millis(SHRINK_PAUSE_MILLIS);
            }
        }
    }

    private String device() {
        return Throttle.device(directory.base());
    }

    private static Compute larger(Compute one, Compute other) {
        return new Compute(
                Math.max(one.vCores(), other.vCores()),
                Math.max(one.memoryMib(), other.memoryMib()),
                Math.max(one.maxConnections(), other.maxConnections()));
    }

    /** The less of the processor a size has, the longer its clients would be held back by it. */
    static Compute hurried(Compute compute) {
        return new Compute(Math.max(RESTART_VCORES, compute.vCores()), compute.memoryMib(), compute.maxConnections());
    }

    /** Those in PostgreSQL's files that the running one has not taken over. */
    List<SettingChange> awaitingRestart() {
        return control.use(LOOK, connection -> {
            List<SettingChange> found = new ArrayList<>();
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("""
                            SELECT DISTINCT ON (s.name) s.name, current_setting(s.name), f.setting FROM pg_settings s
                              JOIN pg_file_settings f ON f.name = s.name
                             WHERE s.pending_restart ORDER BY s.name, f.seqno DESC""")) {
                while (rows.next()) {
                    found.add(new SettingChange(rows.getString(1), rows.getString(2), rows.getString(3), true));
                }
            }
            return found;
        });
    }

    /** What {@link #run} would do now. */
    ResizePlan plan(Compute wanted) {
        List<SettingChange> changes = changes(wanted);
        boolean running = processes.wanted() && processes.postgresReady();
        boolean restart = running && changes.stream().anyMatch(SettingChange::restart);
        return new ResizePlan(changes, restart, restart ? obstacle(wanted) : null);
    }

    private Problem obstacle(Compute wanted) {
        try {
            requireFewEnoughSessions(
                    Fixed.of(SizeSettings.of(file.specification().compute())), SizeSettings.of(wanted));
            return null;
        } catch (EngineFault e) {
            return e.failed().problem().code() == ProblemCode.EngineTooManySessions
                    ? e.failed().problem()
                    : null;
        }
    }
}
