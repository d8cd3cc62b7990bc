package io.howdah.engine.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.howdah.TestPlace;
import io.howdah.engine.Administrator;
import io.howdah.engine.Compute;
import io.howdah.engine.EngineContract;
import io.howdah.engine.Observation;
import io.howdah.engine.Progress;
import io.howdah.engine.Scram;
import io.howdah.engine.ServerKey;
import io.howdah.engine.Specification;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real disks fill up. What else takes their room stands for the data that it would take long to write. */
class StorageOnHostST {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String READ_ONLY = "25006";

    private static Path home;
    private static ExecutorService executor;
    private static Map<String, String> environment;

    private HostEngine engine;
    private ServerKey key;

    @BeforeAll
    static void makeAHome() {
        home = TestPlace.home("storage");
        executor = Executors.newVirtualThreadPerTaskExecutor();
        int first = TestPlace.freePorts(20);
        environment = Map.of("HOWDAH_HOME", home.toString(), "HOWDAH_SERVER_PORTS", first + "-" + (first + 19));
    }

    @AfterAll
    static void clearTheHome() {
        executor.close();
        Disk.delete(home);
    }

    @BeforeEach
    void anEngine() {
        engine = fresh(Map.of());
        key = new ServerKey(UUID.randomUUID());
    }

    @AfterEach
    void leaveNothing() {
        for (ServerKey left : engine.servers()) {
            done(() -> engine.remove(left));
        }
        assertThat(mounts()).doesNotContain(home.toString());
        assertThat(home.resolve("servers").resolve(key.toString())).doesNotExist();
    }

    private static HostEngine fresh(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(more);
        return new HostEngine(HostSettings.fromEnvironment(all), executor, Clock.systemUTC());
    }

    private static String mounts() {
        try {
            return Files.readString(Path.of("/proc/mounts"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void done(Supplier<Progress> call) {
        Progress end = Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(5))
                .until(call::get, progress -> !(progress instanceof Progress.Running));
        assertThat(end).isInstanceOf(Progress.Done.class);
    }

    private void makeRunning() {
        int major = engine.versions().getLast().major();
        Specification wanted = new Specification("orders-db", major, new Compute(2, 512, 30), 1, List.of());
        done(() -> engine.provision(key, wanted));
        done(() -> engine.start(key));
        done(() -> engine.setAdministrator(key, new Administrator("dbadmin", Scram.verifier(EngineContract.PASSWORD))));
    }

    private void makeRunningOnADiskOfItsOwn() {
        assumeTrue(
                engine.capabilities().storageEnforced(), engine.capabilities().storageNote());
        makeRunning();
        assertThat(engine.storage(key).hard()).isTrue();
    }

    private ServerDirectory directory() {
        return new ServerDirectory(home.resolve("servers").resolve(key.toString()));
    }

    private Connection connect() throws SQLException {
        int port = engine.observe(key).endpoints().directPort();
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/postgres?sslmode=require&connectTimeout=5&socketTimeout=30",
                "dbadmin",
                EngineContract.PASSWORD);
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String one : statements) {
                statement.execute(one);
            }
        }
    }

    private long number(String query) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Something else takes all of the disk but so many MiB. */
    private Path leave(int freeMib) throws IOException {
        Path ballast = directory().base().resolve("ballast");
        long bytes = engine.storage(key).freeBytes() - ((long) freeMib << 20);
        new Command(
                        Duration.ofSeconds(10),
                        Command.require("fallocate", "util-linux").toString(),
                        "--length",
                        Long.toString(bytes),
                        ballast.toString())
                .run();
        return ballast;
    }

    private String log() throws IOException {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> logs = Files.list(directory().log())) {
            for (Path log : logs.filter(one -> one.toString().endsWith(".log")).toList()) {
                text.append(Files.readString(log));
            }
        }
        return text.toString();
    }

    private void assertWhole() {
        ServerFile file = ServerDirectories.read(directory().stateFile()).orElseThrow();
        ToolSets.ToolSet tool =
                new ToolSets(List.of()).require(file.specification().majorVersion());
        Command.Result said = new Command(
                        Duration.ofSeconds(30),
                        tool.program("pg_amcheck").toString(),
                        "--host=" + file.sockets(),
                        "--port=" + file.directPort(),
                        "--username=" + ServerSettings.SUPERUSER,
                        "--install-missing",
                        "--database=postgres")
                .attempt();
        assertThat(said).isEqualTo(new Command.Result(0, ""));
    }

    private void awaitReadOnly(boolean readOnly) {
        Awaitility.await()
                .atMost(SOON)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> engine.storage(key).readOnly() == readOnly);
    }

    /** Inserts until that is refused or cut off; answers how many rows there are. */
    private long fill(long rows) {
        long acknowledged = rows;
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            while (true) {
                statement.execute("INSERT INTO event SELECT n, repeat('x', 1000) FROM generate_series("
                        + (acknowledged + 1) + ", " + (acknowledged + 2_000) + ") n");
                acknowledged += 2_000;
            }
        } catch (SQLException stopped) {
            assertThat(stopped.getSQLState()).isIn("57P01", "08006", READ_ONLY);
        }
        return acknowledged;
    }

    private boolean refusesToWrite() {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("INSERT INTO event VALUES (0, '')");
            connection.rollback();
            return false;
        } catch (SQLException stopped) {
            // The guard ends sessions at the moment it acts.
            assertThat(stopped.getSQLState()).isIn("57P01", "08006", READ_ONLY);
            return stopped.getSQLState().equals(READ_ONLY);
        }
    }

    @Test
    void whatATrialOfDisksLeftBehindLongAgoIsRemoved() throws IOException {
        Path other = TestPlace.home("storage-trials");
        Path old = Files.createDirectories(other.resolve("run/volume-old"));
        Files.createDirectories(old.resolve("1/volumes/trial"));
        Path young = Files.createDirectories(other.resolve("run/volume-young"));
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofMinutes(10))));
        assertThat(fresh(Map.of("HOWDAH_HOME", other.toString())).capabilities())
                .isNotNull();
        assertThat(old).doesNotExist();
        assertThat(young).exists();
        Disk.delete(other);
    }

    @Test
    void aServerWhoseDiskFillsUpBecomesReadOnlyAndGoesOnWhenItGrowsAndNothingIsLost() throws Exception {
        engine.makeReady();
        makeRunningOnADiskOfItsOwn();
        Instant started = engine.observe(key).startedAt();
        execute("CREATE TABLE event (n bigint PRIMARY KEY, filler text)");
        leave(350);
        long acknowledged = 0;
        // A checkpoint may have made room again, and then it is not full yet.
        while (!engine.storage(key).readOnly() || !refusesToWrite()) {
            acknowledged = fill(acknowledged);
        }
        assertThat(number("SELECT count(*) FROM event")).isEqualTo(acknowledged);
        execute("SET default_transaction_read_only = off", "DELETE FROM event WHERE n = 1");

        done(() -> engine.grow(key, 2));
        assertThat(engine.storage(key).readOnly()).isFalse();
        execute("INSERT INTO event VALUES (1, '')");
        assertThat(number("SELECT count(*) FROM event")).isEqualTo(acknowledged);
        assertWhole();
        assertThat(log()).doesNotContain("PANIC");
        assertThat(Duration.between(started, engine.observe(key).startedAt()).abs())
                .isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void oneThatNobodyGuardedStartsReadOnlyWithRoomToRecover() throws Exception {
        makeRunningOnADiskOfItsOwn();
        execute("CREATE TABLE event (n bigint, filler text)");
        Path ballast = leave(40);
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 200; i++) {
                        execute("INSERT INTO event SELECT n, repeat('x', 1000) FROM generate_series(1, 4000) n");
                    }
                })
                .isInstanceOf(SQLException.class);
        engine = fresh(Map.of());
        done(() -> engine.stop(key));
        done(() -> engine.start(key));
        assertThat(engine.observe(key).state()).isEqualTo(Observation.State.RUNNING);
        assertThat(engine.storage(key).readOnly()).isTrue();
        assertThat(number("SELECT count(*) FROM event")).isNotNegative();
        assertThatThrownBy(() -> execute("INSERT INTO event VALUES (0, '')")).hasMessageContaining("read-only");
        engine.makeReady();
        Files.delete(ballast);
        awaitReadOnly(false);
        execute("INSERT INTO event VALUES (0, '')");
    }

    @Test
    void itsDiskIsMountedAgainAfterAReboot() throws Exception {
        makeRunningOnADiskOfItsOwn();
        execute("CREATE TABLE event (n bigint)", "INSERT INTO event VALUES (7)");
        done(() -> engine.stop(key));
        new Command(Duration.ofSeconds(10), "/bin/umount", directory().base().toString()).run();
        assertThat(mounts()).doesNotContain(key.toString());
        engine = fresh(Map.of());
        assertThat(engine.observe(key).state()).isEqualTo(Observation.State.STOPPED);
        assertThat(engine.storage(key)).isNull();
        done(() -> engine.start(key));
        assertThat(number("SELECT n FROM event")).isEqualTo(7);
    }

    @Test
    void anIdleSlotGoesBeforeTheDiskFillsUp() throws Exception {
        makeRunningOnADiskOfItsOwn();
        execute("SELECT pg_create_physical_replication_slot('forgotten', true)", "CREATE TABLE event (filler text)");
        execute("INSERT INTO event SELECT repeat('x', 1000) FROM generate_series(1, 60000)");
        assertThat(engine.storageUse(key).slots()).singleElement().satisfies(slot -> assertThat(slot.active())
                .isFalse());
        // A file that has grown holds up to 64 MiB in advance, which come back when it is closed.
        leave(120);
        engine.makeReady();
        Awaitility.await()
                .atMost(SOON)
                .until(() -> !engine.storage(key).droppedSlots().isEmpty());
        assertThat(engine.storage(key).droppedSlots().getFirst().name()).isEqualTo("forgotten");
        assertThat(number("SELECT count(*) FROM pg_replication_slots")).isZero();
    }

    @Test
    void withoutADiskOfItsOwnItIsLookedAt() throws Exception {
        engine = fresh(Map.of("HOWDAH_STORAGE_LIMITS", "off"));
        assertThat(engine.capabilities().storageEnforced()).isFalse();
        engine.makeReady();
        makeRunning();
        assertThat(engine.storage(key).hard()).isFalse();
        Path sparse = directory().data().resolve("base/sparse");
        try (RandomAccessFile file = new RandomAccessFile(sparse.toFile(), "rw")) {
            file.setLength(950L << 20);
        }
        awaitReadOnly(true);
        // Its sessions may just be ended.
        Awaitility.await().untilAsserted(() -> assertThatThrownBy(() -> execute("CREATE TABLE event (n bigint)"))
                .hasMessageContaining("read-only"));
        done(() -> engine.grow(key, 2));
        assertThat(engine.storage(key).readOnly()).isFalse();
        execute("CREATE TABLE event (n bigint)");
    }
}
