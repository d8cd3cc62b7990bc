package io.howdah.engine.host;

import io.howdah.shared.Messages;
import io.howdah.shared.ProblemCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** PostgreSQL and PgBouncer of one server as processes: bringing them up, taking them down, looking at them. */
final class ServerProcesses {

    private static final int POLL_MILLIS = 10;
    private static final int LOOKS = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration FIRST_SIGN = Duration.ofSeconds(20);
    private static final Duration POOLER_START = Duration.ofSeconds(20);
    private static final Duration IN_GOOD_ORDER = Duration.ofSeconds(60);
    private static final Duration AT_ONCE = Duration.ofSeconds(10);
    private static final Duration RETURN = Duration.ofSeconds(30);
    /** A keeper tries four times within 0.7 s; what fails as often does not mend itself. */
    private static final int HOPELESS = 4;

    private static final String FAST = "INT";
    private static final String IMMEDIATE = "QUIT";
    private static final String POOLER_STOP = "TERM";

    private final ServerFile file;
    private final ServerDirectory directory;
    private final HostSettings settings;
    private final KeptProcess postgres;
    private final KeptProcess pgbouncer;

    ServerProcesses(ServerFile file, ServerDirectory directory, HostSettings settings) {
        this.file = file;
        this.directory = directory;
        this.settings = settings;
        this.postgres = directory.postgres();
        this.pgbouncer = directory.pgbouncer();
    }

    /**
     * Starts what does not run and waits until both answer. After a failure nothing runs.
     *
     * @throws EngineFault EnginePortTaken, EngineStartFailed
     */
    void start(ToolSets.ToolSet tools, List<Path> groups, ServerDirectories directories, Work.Course course) {
        course.say(Messages.text("engine.doing.starting.postgresql"));
        try {
            requireFree(postgres, file.directPort(), directories);
            requireFree(pgbouncer, file.pooledPort(), directories);
            Path script = KeptProcess.install(settings.home());
            if (postgres.process().isEmpty()) {
                Disk.write(directory.run().resolve("version"), tools.full(), "rw-------", null);
            }
            postgres.want();
            postgres.keep(script, postgresLaunch(tools, groups, OptionalInt.empty()));
            pgbouncer.want();
            pgbouncer.keep(script, pgbouncerLaunch());
            awaitPostgres(() -> giveWay(course), course);
            course.say(Messages.text("engine.doing.starting.pooler"));
            awaitPooler(course);
            // Keepers that took running processes over come after them.
            within(AT_ONCE, () -> !unguarded());
        } catch (EngineFault e) {
            stop(course);
            throw e;
        }
    }

    /**
     * Lets PostgreSQL alone replay WAL until it is an ordinary primary, with one more group for its OS user. After a failure
     * nothing runs.
     *
     * @param replaying hears now and then of the running process
     * @throws EngineFault EnginePortTaken, RecoveryFailed
     */
    void recover(
            ToolSets.ToolSet tools,
            List<Path> groups,
            ServerDirectories directories,
            OptionalInt group,
            Work.Course course,
            Consumer<ProcessMark> replaying) {
        try {
            requireFree(postgres, file.directPort(), directories);
            Path script = KeptProcess.install(settings.home());
            if (postgres.process().isEmpty()) {
                Disk.write(directory.run().resolve("version"), tools.full(), "rw-------", null);
            }
            postgres.want();
            postgres.keep(script, postgresLaunch(tools, groups, group));
            awaitRecovery(course, replaying);
        } catch (EngineFault e) {
            stop(course);
            throw e;
        }
    }

    private void awaitRecovery(Work.Course course, Consumer<ProcessMark> replaying) {
        Instant begun = Instant.now();
        for (int i = 0; !postgresReady(); i++) {
            Optional<ProcessMark> process = postgres.process();
            boolean nothing =
                    process.isEmpty() && Duration.between(begun, Instant.now()).compareTo(FIRST_SIGN) > 0;
            if (postgres.deaths() > 0 || nothing) {
                throw EngineFault.lasting(newestLog("postgresql-", postgres), ProblemCode.RecoveryFailed);
            }
            giveWay(course);
            if (i % LOOKS == 0) {
                process.ifPresent(replaying);
            }
            Pause.millis(POLL_MILLIS);
        }
    }

    /** Starts PostgreSQL alone, to be read while it is in recovery, with one more group for its OS user. */
    void stand(ToolSets.ToolSet tools, List<Path> groups, ServerDirectories directories, OptionalInt group) {
        requireFree(postgres, file.directPort(), directories);
        Path script = KeptProcess.install(settings.home());
        Disk.write(directory.run().resolve("version"), tools.full(), "rw-------", null);
        postgres.want();
        postgres.keep(script, postgresLaunch(tools, groups, group));
    }

    /** Whether it can be read, be it in recovery or not. */
    boolean standing() {
        String status = status();
        return status.equals("standby") || status.equals("ready");
    }

    /** Why it does not stand although it was started {@code since}, or null when it still may. */
    String fallen(Instant since) {
        boolean nothing = postgres.process().isEmpty()
                && Duration.between(since, Instant.now()).compareTo(FIRST_SIGN) > 0;
        return postgres.deaths() > 0 || nothing ? newestLog("postgresql-", postgres) : null;
    }

    Optional<ProcessMark> postgres() {
        return postgres.process();
    }

    private void requireFree(KeptProcess process, int port, ServerDirectories directories) {
        if (process.process().isEmpty() && process.keeper().isEmpty() && !directories.free(port)) {
            throw EngineFault.passing(null, ProblemCode.EnginePortTaken, Integer.toString(port));
        }
    }

    private KeptProcess.Launch postgresLaunch(ToolSets.ToolSet tools, List<Path> groups, OptionalInt group) {
        Path program = real(tools.program("postgres"));
        return new KeptProcess.Launch(
                real(directory.data()),
                List.of(
                        directory.data().resolve("postmaster.pid"),
                        Path.of(file.sockets(), ".s.PGSQL." + file.directPort() + ".lock")),
                FAST,
                program,
                groups,
                ServiceUsers.as(
                        file.user(),
                        group,
                        List.of(program.toString(), "-D", directory.data().toString())));
    }

    private KeptProcess.Launch pgbouncerLaunch() {
        Path program = real(PgBouncer.installed().program());
        return new KeptProcess.Launch(
                real(directory.pooler()),
                List.of(directory.pooler().resolve("pgbouncer.pid")),
                POOLER_STOP,
                program,
                List.of(),
                ServiceUsers.as(
                        file.user(),
                        List.of(
                                program.toString(),
                                "-q",
                                directory.conf().resolve("pgbouncer.ini").toString())));
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param between what is to be done between two looks, such as giving up */
    private void awaitPostgres(Runnable between, Work.Course course) {
        int deathsBefore = postgres.deaths();
        Instant begun = Instant.now();
        while (!postgresReady()) {
            Duration waited = Duration.between(begun, Instant.now());
            boolean hopeless = postgres.deaths() - Math.min(deathsBefore, postgres.deaths()) >= HOPELESS;
            boolean nothing = postgres.process().isEmpty() && waited.compareTo(FIRST_SIGN) > 0;
            if (hopeless || nothing) {
                throw EngineFault.lasting(newestLog("postgresql-", postgres), ProblemCode.EngineStartFailed);
            }
            between.run();
            if (waited.compareTo(PATIENCE) > 0) {
                course.say(Messages.text("engine.doing.recovering"));
            }
            Pause.millis(POLL_MILLIS);
        }
    }

    private void awaitPooler(Work.Course course) {
        Instant begun = Instant.now();
        while (!poolerAnswers()) {
            if (pgbouncer.deaths() >= HOPELESS
                    || Duration.between(begun, Instant.now()).compareTo(POOLER_START) > 0) {
                throw EngineFault.lasting(newestLog("pgbouncer", pgbouncer), ProblemCode.EngineStartFailed);
            }
            giveWay(course);
            Pause.millis(POLL_MILLIS);
        }
    }

    private static void giveWay(Work.Course course) {
        if (course.superseded()) {
            throw EngineFault.passing("something else was asked of the server", ProblemCode.EngineStartFailed);
        }
    }

    /** PostgreSQL itself says when it accepts connections, in the last line of its pid file. */
    boolean postgresReady() {
        return status().equals("ready");
    }

    private String status() {
        Optional<ProcessMark> process = postgres.process();
        if (process.isEmpty()) {
            return "";
        }
        List<String> lines = Disk.tail(directory.data().resolve("postmaster.pid"), 4_000)
                .lines()
                .toList();
        boolean its = lines.size() >= 8
                && lines.get(0).strip().equals(Long.toString(process.get().pid()));
        return its ? lines.get(7).strip() : "";
    }

    boolean postgresAnswers() {
        return postgresReady() && Probe.answers(Path.of(file.sockets(), ".s.PGSQL." + file.directPort()), PATIENCE);
    }

    boolean poolerAnswers() {
        String address = settings.listenAddresses().getFirst();
        String reachable = HostAddresses.isWildcard(address) ? "127.0.0.1" : address;
        return pgbouncer.process().isPresent() && Probe.offersTls(reachable, file.pooledPort(), PATIENCE);
    }

    /** Pooler first; PostgreSQL has 60 s to end its sessions and write everything down before it is ended at once. */
    void stop(Work.Course course) {
        postgres.unwant();
        pgbouncer.unwant();
        pgbouncer.end(POOLER_STOP);
        endPostgres(course);
        if (!within(AT_ONCE, pgbouncer::gone)) {
            pgbouncer.kill();
            within(AT_ONCE, pgbouncer::gone);
        }
    }

    /**
     * Restarts PostgreSQL alone and returns when it answers. It is asked to end while it is still wanted, so that its
     * keeper brings it back at once, also when the portal dies meanwhile.
     *
     * @param meanwhile is done while it ends
     * @throws EngineFault EngineNotResponding, EngineStartFailed
     */
    void restartPostgres(ToolSets.ToolSet tools, Runnable meanwhile, Work.Course course) {
        course.say(Messages.text("engine.doing.restarting.postgresql"));
        ProcessMark before = postgres.process()
                .orElseThrow(() -> EngineFault.passing("PostgreSQL is not running", ProblemCode.EngineNotResponding));
        Disk.write(directory.run().resolve("version"), tools.full(), "rw-------", null);
        postgres.signal(before, FAST);
        meanwhile.run();
        if (!within(IN_GOOD_ORDER, () -> !before.alive())) {
            postgres.signal(before, IMMEDIATE);
            if (!within(AT_ONCE, () -> !before.alive())) {
                before.kill();
            }
        }
        awaitPostgres(() -> {}, course);
    }

    /** Waits a while until PostgreSQL answers, which its keeper may be bringing back. */
    boolean postgresComesBack() {
        return within(RETURN, this::postgresReady);
    }

    boolean postgresRuns() {
        return postgres.process().isPresent();
    }

    /** Ends PostgreSQL alone: the pooler goes on and holds its clients. */
    void endPostgres(Work.Course course) {
        course.say(Messages.text("engine.doing.stopping.postgresql"));
        postgres.end(FAST);
        if (within(IN_GOOD_ORDER, postgres::gone)) {
            return;
        }
        course.say(Messages.text("engine.doing.stopping.at-once"));
        postgres.process().ifPresent(process -> postgres.signal(process, IMMEDIATE));
        if (!within(AT_ONCE, postgres::gone)) {
            postgres.kill();
            within(AT_ONCE, postgres::gone);
        }
    }

    /** Ends PostgreSQL and keeps it down, while the pooler goes on. */
    void rest(Work.Course course) {
        postgres.unwant();
        endPostgres(course);
    }

    /**
     * Starts PostgreSQL alone after {@link #rest}, on the data directory that is in use now, and returns when it answers.
     *
     * @throws EngineFault EngineStartFailed
     */
    void wake(ToolSets.ToolSet tools, List<Path> groups, Work.Course course) {
        course.say(Messages.text("engine.doing.starting.postgresql"));
        Disk.write(directory.run().resolve("version"), tools.full(), "rw-------", null);
        postgres.want();
        postgres.keep(KeptProcess.install(settings.home()), postgresLaunch(tools, groups, OptionalInt.empty()));
        awaitPostgres(() -> {}, course);
    }

    /** Whether it is as {@link #rest} leaves it. */
    boolean resting() {
        return !postgres.wanted()
                && postgres.process().isEmpty()
                && pgbouncer.wanted()
                && pgbouncer.process().isPresent();
    }

    private static boolean within(Duration limit, java.util.function.BooleanSupplier reached) {
        long until = System.nanoTime() + limit.toNanos();
        while (!reached.getAsBoolean()) {
            if (System.nanoTime() > until) {
                return false;
            }
            Pause.millis(POLL_MILLIS);
        }
        return true;
    }

    Optional<Instant> startedAt(Clock clock) {
        return postgres.process().map(process -> process.startedAt(clock.instant()));
    }

    /** The version that was installed when the running PostgreSQL was started. */
    String version() {
        String version = Disk.tail(directory.run().resolve("version"), 100).strip();
        return version.isEmpty() ? null : version;
    }

    boolean wanted() {
        return postgres.wanted() || pgbouncer.wanted();
    }

    boolean nothingRuns() {
        return postgres.process().isEmpty() && pgbouncer.process().isEmpty();
    }

    /** What is not as it should be while the server is wanted, or null. */
    String trouble() {
        Optional<ProcessMark> process = postgres.process();
        if (process.isEmpty()) {
            return postgres.wanted()
                    ? Messages.text("engine.trouble.not-running")
                    : Messages.text("engine.trouble.pooler-alone");
        }
        if (process.get().frozen()) {
            return Messages.text("engine.trouble.frozen");
        }
        if (!postgresReady()) {
            return Messages.text("engine.trouble.not-ready");
        }
        if (!postgres.wanted()) {
            return Messages.text("engine.trouble.stopping");
        }
        if (pgbouncer.process().isEmpty()) {
            return Messages.text("engine.trouble.pooler");
        }
        if (!postgresAnswers()) {
            return Messages.text("engine.trouble.silent");
        }
        return poolerAnswers() ? null : Messages.text("engine.trouble.pooler-silent");
    }

    boolean unguarded() {
        return postgres.keeper().isEmpty() || pgbouncer.keeper().isEmpty();
    }

    private String newestLog(String prefix, KeptProcess process) {
        StringBuilder text = new StringBuilder(process.output());
        try (Stream<Path> logs = Files.list(directory.log())) {
            logs.filter(log -> log.getFileName().toString().startsWith(prefix)
                            && log.getFileName().toString().endsWith(".log"))
                    .max(Comparator.comparingLong(ServerProcesses::changed))
                    .ifPresent(log -> text.append(Disk.tail(log, 4_000)));
        } catch (IOException e) {
            text.append(e.getMessage());
        }
        List<String> lines = text.toString().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    }

    private static long changed(Path log) {
        try {
            return Files.getLastModifiedTime(log, LinkOption.NOFOLLOW_LINKS).toMillis();
        } catch (IOException e) {
            return 0;
        }
    }
}
