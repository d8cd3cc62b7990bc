package io.howdah.engine.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.howdah.TestPlace;
import io.howdah.engine.Administrator;
import io.howdah.engine.ClientInfo;
import io.howdah.engine.Compute;
import io.howdah.engine.EngineContract;
import io.howdah.engine.Observation;
import io.howdah.engine.OpenTransaction;
import io.howdah.engine.Progress;
import io.howdah.engine.Resized;
import io.howdah.engine.Scram;
import io.howdah.engine.ServerKey;
import io.howdah.engine.SettingChange;
import io.howdah.engine.Specification;
import io.howdah.shared.ProblemCode;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real server is given other sizes while clients are at work on it through its pooler. */
class ResizeOnHostST {

    private static final Compute SMALL = new Compute(0.5, 256, 25);

    /** How long a wait may be is measured by the benchmark; here none may be as long as a client's usual patience. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    /** What is promised for a portal that dies with the clients held back. */
    private static final Duration GUARD = Duration.ofSeconds(5);

    private static final Pattern PREWARMED = Pattern.compile("autoprewarm successfully prewarmed (\\d+) of");

    private static Path home;
    private static String ports;
    private static ExecutorService executor;
    private static HostSettings settings;
    private static final ServerKey KEY = new ServerKey(UUID.randomUUID());

    private HostEngine engine;

    @BeforeAll
    static void makeAServer() throws SQLException {
        home = TestPlace.home("resize");
        executor = Executors.newVirtualThreadPerTaskExecutor();
        int first = TestPlace.freePorts(4);
        ports = first + "-" + (first + 3);
        settings = HostSettings.fromEnvironment(Map.of("HOWDAH_HOME", home.toString(), "HOWDAH_SERVER_PORTS", ports));
        HostEngine engine = fresh();
        int major = engine.versions().getLast().major();
        done(() -> engine.provision(KEY, new Specification("resize-db", major, SMALL, 1, List.of())));
        done(() -> engine.start(KEY));
        done(() -> engine.setAdministrator(KEY, new Administrator("dbadmin", Scram.verifier(EngineContract.PASSWORD))));
        done(() -> engine.createDatabase(KEY, "shop", "dbadmin"));
        try (Connection connection = connect(pooled());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE till (client int PRIMARY KEY, sold bigint NOT NULL)");
            statement.execute("INSERT INTO till SELECT n, 0 FROM generate_series(1, 8) n");
        }
    }

    @AfterAll
    static void removeIt() {
        HostEngine last = fresh();
        done(() -> last.remove(KEY));
        executor.close();
        Disk.delete(home);
    }

    @BeforeEach
    void beginAnew() {
        engine = fresh();
    }

    @AfterEach
    void smallAgain() {
        resize(SMALL);
        assertThat(engine.observe(KEY).state()).isEqualTo(Observation.State.RUNNING);
        assertThat(directory().run().resolve("pause")).doesNotExist();
    }

    private static HostEngine fresh() {
        return new HostEngine(settings, executor, Clock.systemUTC());
    }

    private static Progress end(Supplier<Progress> call) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(5))
                .until(call::get, progress -> !(progress instanceof Progress.Running));
    }

    private static void done(Supplier<Progress> call) {
        assertThat(end(call)).isInstanceOf(Progress.Done.class);
    }

    private Resized resize(Compute compute) {
        UUID change = UUID.randomUUID();
        done(() -> engine.resize(KEY, change, compute));
        return engine.resized(KEY, change);
    }

    private Progress.Failed refused(Compute compute, ProblemCode code) {
        UUID change = UUID.randomUUID();
        Progress progress = end(() -> engine.resize(KEY, change, compute));
        assertThat(progress).isInstanceOfSatisfying(Progress.Failed.class, failed -> assertThat(
                        failed.problem().code())
                .as(failed.toString())
                .isEqualTo(code));
        return (Progress.Failed) progress;
    }

    private static ServerFile file() {
        return ServerDirectories.read(directory().stateFile()).orElseThrow();
    }

    private static ServerDirectory directory() {
        return new ServerDirectory(home.resolve("servers").resolve(KEY.toString()));
    }

    private static int pooled() {
        return file().pooledPort();
    }

    private static Connection connect(int port) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", "dbadmin");
        properties.setProperty("password", EngineContract.PASSWORD);
        properties.setProperty("sslmode", "require");
        properties.setProperty("prepareThreshold", "0");
        properties.setProperty("connectTimeout", "20");
        properties.setProperty("socketTimeout", "60");
        properties.setProperty("ApplicationName", "till");
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/shop", properties);
    }

    private static String ask(String query) {
        return new ControlConnection(file()).use(Duration.ofSeconds(10), connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(query)) {
                rows.next();
                return rows.getString(1);
            }
        });
    }

    /** Clients that sell one thing after another, each sale a transaction through the pooler. */
    private static final class Clients implements AutoCloseable {
        private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
        private final AtomicLong sales = new AtomicLong();
        private final AtomicLong longestNanos = new AtomicLong();
        private final List<Thread> threads = new ArrayList<>();
        private volatile boolean closing;

        Clients(int count) {
            for (int i = 1; i <= count; i++) {
                int client = i;
                threads.add(Thread.ofPlatform().start(() -> sell(client)));
            }
            Awaitility.await().until(() -> sales.get() > 10L * count || !failures.isEmpty());
        }

        private void sell(int client) {
            try (Connection connection = connect(pooled());
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                while (!closing) {
                    long begun = System.nanoTime();
                    statement.execute("UPDATE till SET sold = sold + 1 WHERE client = " + client);
                    statement.execute("SELECT sold FROM till WHERE client = " + client);
                    connection.commit();
                    longestNanos.accumulateAndGet(System.nanoTime() - begun, Math::max);
                    sales.incrementAndGet();
                }
            } catch (SQLException e) {
                failures.add(e.toString());
            }
        }

        void awaitMore() {
            long now = sales.get();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> sales.get() > now + 20 || !failures.isEmpty());
        }

        Duration longest() {
            return Duration.ofNanos(longestNanos.get());
        }

        @Override
        public void close() {
            closing = true;
            for (Thread thread : threads) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    private static long sold() {
        return Long.parseLong(askShop("SELECT sum(sold) FROM till"));
    }

    /** What the pooler's console answers, as psql prints it. */
    private static String console(String command) throws Exception {
        Process psql = new ProcessBuilder(
                        "psql", "-X", "-A", "-h", file().sockets(), "-p", "" + pooled(), "pgbouncer", "-c", command)
                .redirectErrorStream(true)
                .start();
        return new String(psql.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static String askShop(String query) {
        try (Connection connection = connect(pooled());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void clientsOfThePoolerWaitALittleAndNoneFailsNorLosesAnything() {
        long before = sold();
        try (Clients clients = new Clients(8)) {
            for (Compute size : List.of(
                    new Compute(0.5, 512, 40),
                    new Compute(1, 768, 60),
                    new Compute(1, 1024, 80),
                    new Compute(0.5, 512, 40),
                    SMALL)) {
                Resized told = resize(size);
                clients.awaitMore();
                assertThat(clients.failures).isEmpty();
                assertThat(told.restarted()).isTrue();
                assertThat(told.held()).as("%s", told).isPositive().isLessThan(LONGEST_WAIT);
                assertThat(ask("SHOW max_connections")).isEqualTo("" + size.maxConnections());
                assertThat(ask("SHOW shared_buffers")).isEqualTo(size.memoryMib() / 4 + "MB");
            }
            clients.close();
            assertThat(clients.failures).isEmpty();
            assertThat(clients.longest()).isLessThan(LONGEST_WAIT);
            assertThat(sold() - before).isEqualTo(clients.sales.get());
        }
    }

    @Test
    void theLimitsAndThePoolFollowTheSize() throws Exception {
        resize(Portal.LARGER);
        assertThat(Files.readString(directory().conf().resolve("pgbouncer.ini")))
                .contains("max_db_connections = 25\n");
        assertThat(console("SHOW CONFIG")).contains("\nmax_db_connections|25|");
        Path memory = Path.of("/sys/fs/cgroup/memory/howdah", file().shortName(), "memory.limit_in_bytes");
        if (Files.exists(memory)) {
            assertThat(Files.readString(memory).strip()).isEqualTo(Long.toString(512L * 1024 * 1024));
            Path quota = Path.of("/sys/fs/cgroup/cpu/howdah", file().shortName(), "cpu.cfs_quota_us");
            assertThat(Files.readString(quota).strip()).isEqualTo("50000");
            resize(SMALL);
            assertThat(Files.readString(memory).strip()).isEqualTo(Long.toString(256L * 1024 * 1024));
        }
    }

    @Test
    void whatWasInMemoryBeforeARestartIsReadAgainAfterIt() throws SQLException {
        try (Connection connection = connect(pooled());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE warm AS SELECT n, repeat('x', 500) FROM generate_series(1, 10000) n");
            statement.execute("SELECT count(*) FROM warm");
        }
        int before = prewarmed().size();
        resize(Portal.LARGER);
        Awaitility.await().until(() -> prewarmed().size() > before);
        assertThat(prewarmed().getLast()).isGreaterThan(500);
        try (Connection connection = connect(pooled());
                Statement statement = connection.createStatement();
                ResultSet plan =
                        statement.executeQuery("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) SELECT count(*) FROM warm")) {
            plan.next();
            assertThat(plan.getString(1)).contains("\"Shared Read Blocks\": 0");
        }
    }

    /** How many blocks were loaded each time, as PostgreSQL's log tells. */
    private static List<Integer> prewarmed() {
        List<Integer> counts = new ArrayList<>();
        for (int day = 1; day <= 7; day++) {
            PREWARMED
                    .matcher(Disk.tail(directory().log().resolve("postgresql-" + day + ".log"), 1_000_000))
                    .results()
                    .forEach(found -> counts.add(Integer.parseInt(found.group(1))));
        }
        return counts;
    }

    @Test
    void fiveHundredIdleClientsAreHeldAndGoOn() throws Exception {
        List<Connection> idle = java.util.Collections.synchronizedList(new ArrayList<>());
        try {
            try (ExecutorService opening = Executors.newFixedThreadPool(8)) {
                for (int i = 0; i < 500; i++) {
                    opening.submit(() -> idle.add(connect(pooled())));
                }
            }
            assertThat(idle).hasSize(500);
            try (Clients clients = new Clients(4)) {
                assertThat(resize(Portal.LARGER).held()).isLessThan(LONGEST_WAIT);
                clients.awaitMore();
                assertThat(clients.failures).isEmpty();
            }
            for (Connection one : idle) {
                assertThat(one.isValid(10)).isTrue();
            }
        } finally {
            for (Connection one : idle) {
                one.close();
            }
        }
    }

    @Test
    void aTransactionThatDoesNotEndIsNamedAndNobodyIsHurt() throws Exception {
        try (Connection slow = connect(pooled());
                Statement statement = slow.createStatement()) {
            slow.setAutoCommit(false);
            statement.execute("UPDATE till SET sold = sold WHERE client = 8");
            String pid =
                    ask("SELECT pid FROM pg_stat_activity WHERE application_name = 'till' AND xact_start IS NOT NULL");
            try (Clients clients = new Clients(4)) {
                Progress.Failed failed = refused(Portal.LARGER, ProblemCode.EngineTransactionInTheWay);
                assertThat(failed.problem().message())
                        .contains("Session " + pid + " of role dbadmin in database shop (application till)");
                assertThat(failed.passing()).isFalse();
                clients.awaitMore();
                assertThat(clients.failures).isEmpty();
                assertThat(clients.longest()).isLessThan(ClientHold.PATIENCE.plusSeconds(2));
            }
            assertThat(ask("SHOW max_connections")).isEqualTo("25");
            slow.commit();
        }
        resize(Portal.LARGER);
        assertThat(ask("SHOW max_connections")).isEqualTo("40");
    }

    @Test
    void aSessionInTheWayIsToldApartAndEndedOnlyWhenAsked() throws Exception {
        try (Connection slow = connect(pooled());
                Statement statement = slow.createStatement()) {
            slow.setAutoCommit(false);
            statement.execute("UPDATE till SET sold = sold WHERE client = 8");
            assertThat(engine.inTheWay(KEY)).isNull();
            OpenTransaction open = Awaitility.await().until(() -> engine.inTheWay(KEY), Objects::nonNull);
            assertThat(open.role()).isEqualTo("dbadmin");
            assertThat(open.since()).isBefore(Instant.now().minus(ClientHold.PATIENCE));
            OpenTransaction another = new OpenTransaction(
                    open.pid(),
                    open.connectedAt().minusSeconds(1),
                    open.role(),
                    open.database(),
                    open.application(),
                    open.since());
            done(() -> engine.endSession(KEY, another));
            assertThat(engine.inTheWay(KEY)).isEqualTo(open);
            done(() -> engine.endSession(KEY, open));
            assertThat(engine.inTheWay(KEY)).isNull();
            assertThatThrownBy(slow::commit).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void limitsChangeAtOnceAndTheRestWithTheNextStart() {
        try (Clients clients = new Clients(2)) {
            String started = ask("SELECT pg_postmaster_start_time()");
            UUID change = UUID.randomUUID();
            done(() -> engine.resizeWithoutRestart(KEY, change, Portal.LARGER));
            assertThat(ask("SELECT pg_postmaster_start_time()")).isEqualTo(started);
            assertThat(ask("SHOW max_connections")).isEqualTo("25");
            assertThat(engine.awaitingRestart(KEY)).contains(new SettingChange("max_connections", "25", "40", true));
            assertThat(engine.resized(KEY, change).restarted()).isFalse();
            resize(Portal.LARGER);
            assertThat(ask("SHOW max_connections")).isEqualTo("40");
            assertThat(engine.awaitingRestart(KEY)).isEmpty();
            clients.awaitMore();
            assertThat(clients.failures).isEmpty();
        }
    }

    @Test
    void aSleepingServerHoldsWhoConnectsAndAnswersWithin5SecondsOnceWoken() throws Exception {
        try (Connection somebody = connect(pooled())) {
            done(() -> engine.sleep(KEY));
            assertThat(engine.observe(KEY).state()).isEqualTo(Observation.State.RUNNING);
            assertThat(engine.clients(KEY)).extracting(ClientInfo::application).contains("till");
        }
        Awaitility.await().until(() -> engine.clients(KEY).isEmpty());
        done(() -> engine.sleep(KEY));
        assertThat(engine.observe(KEY).state()).isEqualTo(Observation.State.ASLEEP);
        assertThatThrownBy(() -> connect(file().directPort())).isInstanceOf(SQLException.class);
        Awaitility.await().until(() -> guards() == 0);
        // A check of the port, as a monitoring makes it, is nobody.
        assertThat(Probe.offersTls("127.0.0.1", pooled(), Duration.ofSeconds(2)))
                .isTrue();
        assertThat(engine.clients(KEY)).isEmpty();

        // Nobody needs to have been there when the pooler died and came back.
        ProcessMark pooler = directory().pgbouncer().process().orElseThrow();
        pooler.kill();
        Awaitility.await().until(() -> directory()
                .pgbouncer()
                .process()
                .filter(now -> !now.equals(pooler))
                .isPresent());
        Awaitility.await().until(() -> Probe.offersTls("127.0.0.1", pooled(), Duration.ofSeconds(2)));
        assertThat(engine.clients(KEY)).isEmpty();

        long begun = System.nanoTime();
        java.util.concurrent.Future<String> answer = executor.submit(() -> askShop("SELECT 'awake'"));
        List<ClientInfo> waiting = Awaitility.await().until(() -> engine.clients(KEY), clients -> !clients.isEmpty());
        // The JDBC driver says its application's name only once it has signed in.
        assertThat(waiting).containsExactly(new ClientInfo("127.0.0.1", "", true));
        HostEngine afterARestartOfThePortal = fresh();
        done(() -> afterARestartOfThePortal.start(KEY));
        assertThat(answer.get()).isEqualTo("awake");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
        assertThat(engine.observe(KEY).state()).isEqualTo(Observation.State.RUNNING);
    }

    @Test
    void oneThatIsStoppedInItsSleepIsStopped() {
        Awaitility.await().until(() -> engine.clients(KEY).isEmpty());
        done(() -> engine.sleep(KEY));
        assertThat(engine.observe(KEY).state()).isEqualTo(Observation.State.ASLEEP);
        done(() -> engine.stop(KEY));
        assertThat(engine.observe(KEY).state()).isEqualTo(Observation.State.STOPPED);
        done(() -> engine.start(KEY));
        assertThat(askShop("SELECT 1")).isEqualTo("1");
    }

    @Test
    void whatWouldNotFitIsRefusedWithFigures() throws Exception {
        resize(Portal.LARGER);
        List<Connection> direct = new ArrayList<>();
        try {
            for (int i = 0; i < 12; i++) {
                direct.add(connect(file().directPort()));
            }
            Progress.Failed failed = refused(SMALL, ProblemCode.EngineTooManySessions);
            assertThat(failed.problem().message()).isEqualTo("12 sessions are at work; the new size has room for 10.");
            assertThat(engine.planResize(KEY, SMALL).obstacle().code()).isEqualTo(ProblemCode.EngineTooManySessions);
            assertThat(direct.getFirst().isValid(5)).isTrue();
        } finally {
            for (Connection one : direct) {
                one.close();
            }
        }
    }

    @Test
    void aSizeThatPostgresCannotStartWithIsTakenBackWithoutAFailedTransaction() {
        try (Clients clients = new Clients(4)) {
            // A quarter of it is more than PostgreSQL takes as shared_buffers.
            refused(new Compute(0.5, 64_000_000, 40), ProblemCode.EngineStartFailed);
            clients.awaitMore();
            assertThat(clients.failures).isEmpty();
        }
        assertThat(ask("SHOW max_connections")).isEqualTo("25");
        assertThat(engine.observe(KEY).state()).isEqualTo(Observation.State.RUNNING);
    }

    @Test
    void aPostgresKilledDuringTheRestartIsBackInTheNewSize() throws Exception {
        KeptProcess postgres = directory().postgres();
        ProcessMark before = postgres.process().orElseThrow();
        Thread killer = Thread.ofPlatform().start(() -> {
            Awaitility.await().pollInterval(Duration.ofMillis(1)).until(() -> postgres.process()
                    .filter(now -> !now.equals(before))
                    .isPresent());
            postgres.process().ifPresent(ProcessMark::kill);
        });
        resize(Portal.LARGER);
        killer.join();
        Awaitility.await().until(() -> engine.observe(KEY).state() == Observation.State.RUNNING);
        assertThat(ask("SHOW max_connections")).isEqualTo("40");
    }

    private Process portal() throws Exception {
        Process portal =
                Portal.begin(home, ports, KEY, engine.versions().getLast().major(), "resize");
        BufferedReader output = portal.inputReader();
        assertThat(output.readLine()).isEqualTo("begun");
        return portal;
    }

    /** How often the pooler was told to pause. */
    private static long pauses() {
        return Disk.tail(directory().log().resolve("pgbouncer.log"), 1_000_000)
                .lines()
                .filter(line -> line.contains("PAUSE command issued"))
                .count();
    }

    private static void awaitHold() {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(2))
                .atMost(Duration.ofSeconds(30))
                .until(() -> Files.exists(directory().run().resolve("pause")));
    }

    @Test
    void clientsThatADeadPortalHeldBackGoOnWithinFiveSeconds() throws Exception {
        try (Connection slow = connect(pooled());
                Statement statement = slow.createStatement()) {
            slow.setAutoCommit(false);
            statement.execute("UPDATE till SET sold = sold WHERE client = 8");
            long before = pauses();
            Process portal = portal();
            Awaitility.await().until(() -> pauses() > before);
            portal.destroyForcibly().waitFor();
            long begun = System.nanoTime();
            assertThat(askShop("SELECT 1")).isEqualTo("1");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(GUARD);
            slow.commit();
        }
        UUID change = Portal.UNIT;
        done(() -> engine.resize(KEY, change, Portal.LARGER));
        assertThat(ask("SHOW max_connections")).isEqualTo("40");
        assertThat(engine.resized(KEY, change).before()).isEqualTo(SMALL);
        assertThat(engine.resized(KEY, change).held()).isBetween(Duration.ofMillis(500), GUARD);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 30, 60, 120, 200, 300, 450})
    void aPortalKilledAnywhereInAChangeIsMadeGoodByTheNext(int millis) throws Exception {
        try (Clients clients = new Clients(4)) {
            Process portal = portal();
            awaitHold();
            portal.waitFor(millis, java.util.concurrent.TimeUnit.MILLISECONDS);
            portal.destroyForcibly().waitFor();
            clients.awaitMore();
            done(() -> engine.resize(KEY, Portal.UNIT, Portal.LARGER));
            clients.awaitMore();
            assertThat(clients.failures).isEmpty();
            assertThat(clients.longest()).isLessThan(GUARD.plusSeconds(2));
        }
        assertThat(ask("SHOW max_connections")).isEqualTo("40");
        assertThat(engine.resized(KEY, Portal.UNIT).before()).isEqualTo(SMALL);
    }

    @Test
    void theGuardLeavesAnothersHoldAlone() throws Exception {
        ClientHold hold = new ClientHold(file(), directory(), home);
        hold.begin();
        String mine = Files.readString(directory().run().resolve("pause"));
        Disk.write(directory().run().resolve("pause"), "another\n", "rw-------", null);
        Awaitility.await().until(() -> guards() == 0);
        assertThat(Files.readString(directory().run().resolve("pause"))).isNotEqualTo(mine);
        assertThat(directory().run().resolve("resumed")).doesNotExist();
        hold.end();
        assertThat(askShop("SELECT 1")).isEqualTo("1");
    }

    @Test
    void aHoldThatWasLeftBehindEndsWithTheNextStart() {
        new ClientHold(file(), directory(), home).begin();
        assertThat(directory().run().resolve("pause")).exists();
        done(() -> engine.start(KEY));
        assertThat(askShop("SELECT 1")).isEqualTo("1");
        Awaitility.await().until(() -> guards() == 0);
        assertThat(directory().run().resolve("resumed")).doesNotExist();
    }

    private static long guards() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains("bin/resume") && line.contains(KEY.toString()))
                        .isPresent())
                .count();
    }
}
