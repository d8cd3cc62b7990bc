package io.howdah.engine.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.howdah.TestPlace;
import io.howdah.engine.Administrator;
import io.howdah.engine.BackupEngine;
import io.howdah.engine.BackupKind;
import io.howdah.engine.BackupTask;
import io.howdah.engine.Compute;
import io.howdah.engine.EngineContract;
import io.howdah.engine.Progress;
import io.howdah.engine.RestoreSource;
import io.howdah.engine.RestoreTarget;
import io.howdah.engine.Scram;
import io.howdah.engine.ServerKey;
import io.howdah.engine.Specification;
import io.howdah.engine.StorageSwitch;
import io.howdah.shared.ProblemCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server moves to a smaller disk while clients work. */
class ShrinkOnHostST {

    /** About a second is promised; two processors that others are busy on too may take as much again, and more. */
    private static final Duration LONGEST_HOLD = Duration.ofSeconds(4);

    private static final int CLIENTS = 4;

    private final Path home = TestPlace.home("shrink");
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final ServerKey key = new ServerKey(UUID.randomUUID());
    private HostEngine engine;
    private int ports;

    @BeforeEach
    void aServerOnADiskOfItsOwn() {
        ports = TestPlace.freePorts(20);
        engine = freshEngine();
        assumeTrue(
                engine.capabilities().storageEnforced(), engine.capabilities().storageNote());
        int major = engine.versions().getLast().major();
        done(() -> engine.provision(key, new Specification("orders-db", major, new Compute(2, 512, 30), 2, List.of())));
        done(() -> engine.start(key));
        done(() -> engine.setAdministrator(key, new Administrator("dbadmin", Scram.verifier(EngineContract.PASSWORD))));
    }

    private HostEngine freshEngine() {
        return new HostEngine(
                HostSettings.fromEnvironment(Map.of(
                        "HOWDAH_HOME",
                        home.toString(),
                        "HOWDAH_SERVER_PORTS",
                        ports + "-" + (ports + 19),
                        "HOWDAH_BACKGROUND_SHARE",
                        "100")),
                executor,
                Clock.systemUTC());
    }

    @AfterEach
    void leaveNothing() throws Exception {
        for (ServerKey left : engine.servers()) {
            done(() -> engine.remove(left));
        }
        assertThat(Files.readString(Path.of("/proc/mounts"))).doesNotContain(home.toString());
        executor.close();
        Disk.delete(home);
    }

    private static Progress end(Supplier<Progress> call) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofMillis(5))
                .until(call::get, progress -> !(progress instanceof Progress.Running));
    }

    private static void done(Supplier<Progress> call) {
        assertThat(end(call)).isInstanceOf(Progress.Done.class);
    }

    private Connection connect(ServerKey server, boolean pooled) throws SQLException {
        var endpoints = engine.observe(server).endpoints();
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + (pooled ? endpoints.pooledPort() : endpoints.directPort())
                        + "/postgres?sslmode=require&prepareThreshold=0&connectTimeout=5&socketTimeout=30",
                "dbadmin",
                EngineContract.PASSWORD);
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = connect(key, false);
                Statement statement = connection.createStatement()) {
            for (String one : statements) {
                statement.execute(one);
            }
        }
    }

    private long number(ServerKey server, String query) throws SQLException {
        try (Connection connection = connect(server, false);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    private int volumes() throws Exception {
        ServerDirectory directory = new ServerDirectory(home.resolve("servers").resolve(key.toString()));
        try (var images = Files.list(directory.images())) {
            return (int)
                    images.filter(image -> image.toString().endsWith(".img")).count();
        }
    }

    /** Clients that insert, one row in each transaction, until they are told to stop. */
    private final class Load implements AutoCloseable {
        private final AtomicLong acknowledged = new AtomicLong();
        private final ConcurrentLinkedQueue<SQLException> errors = new ConcurrentLinkedQueue<>();
        private final List<Future<?>> clients = new ArrayList<>();
        private volatile boolean over;

        Load() {
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(executor.submit(this::run));
            }
        }

        private void run() {
            try (Connection connection = connect(key, true);
                    PreparedStatement insert =
                            connection.prepareStatement("INSERT INTO event (filler) VALUES (repeat('x', 200))")) {
                while (!over) {
                    insert.executeUpdate();
                    acknowledged.incrementAndGet();
                }
            } catch (SQLException e) {
                errors.add(e);
            }
        }

        @Override
        public void close() throws Exception {
            over = true;
            for (Future<?> client : clients) {
                client.get();
            }
        }
    }

    @Test
    void underLoadItMovesToASmallerDiskNothingFailsAndItsBackupsGoOn() throws Exception {
        BackupEngine backups = engine.backups().orElseThrow();
        execute(
                "CREATE TABLE event (n bigserial PRIMARY KEY, filler text)",
                "INSERT INTO event (filler) SELECT repeat('x', 1000) FROM generate_series(1, 50000)");
        done(() -> backups.enable(key));
        UUID first = UUID.randomUUID();
        done(() -> backups.backUp(key, first, new BackupTask(BackupKind.FULL, Map.of())));
        UUID change = UUID.randomUUID();

        Load load = new Load();
        done(() -> engine.copyStorage(key, change, 1));
        done(() -> engine.switchStorage(key, change, 1));
        long before = load.acknowledged.get();
        Awaitility.await().until(() -> load.acknowledged.get() > before + 100);
        load.close();

        StorageSwitch how = engine.storageSwitched(key, change);
        assertThat(load.errors).isEmpty();
        assertThat(how.gibBefore()).isEqualTo(2);
        assertThat(how.gibAfter()).isEqualTo(1);
        assertThat(how.kept()).isTrue();
        assertThat(how.held()).isBetween(Duration.ofMillis(50), LONGEST_HOLD);
        assertThat(how.traffic().failed()).isZero();
        assertThat(engine.storage(key).capacityBytes()).isEqualTo(1L << 30);
        assertThat(number(key, "SELECT count(*) FROM event")).isEqualTo(50_000 + load.acknowledged.get());
        assertThat(number(key, "SELECT timeline_id FROM pg_control_checkpoint()"))
                .isEqualTo(2);
        assertThat(number(key, "SELECT count(*) FROM pg_replication_slots")).isZero();
        assertThat(volumes()).isEqualTo(2);

        execute("INSERT INTO event (n, filler) VALUES (-1, 'afterwards')");
        UUID unit = UUID.randomUUID();
        done(() -> backups.archive(key, unit));
        ServerKey restored = new ServerKey(UUID.randomUUID());
        Specification copy = new Specification(
                "restored-db", engine.versions().getLast().major(), new Compute(1, 512, 30), 1, List.of());
        done(() -> backups.restore(restored, copy, new RestoreSource(key, new RestoreTarget.Latest(2))));
        done(() -> backups.recover(restored));
        assertThat(number(restored, "SELECT count(*) FROM event")).isEqualTo(50_001 + load.acknowledged.get());
        UUID second = UUID.randomUUID();
        done(() -> backups.backUp(key, second, new BackupTask(BackupKind.FULL, Map.of())));

        done(() -> engine.dropStorage(key, change));
        assertThat(volumes()).isEqualTo(1);
        assertThat(number(key, "SELECT count(*) FROM event WHERE n = -1")).isEqualTo(1);
    }

    /** Each device that the server's group has a limit on, by its number. */
    private String throttled() throws Exception {
        Path limits = Path.of("/sys/fs/cgroup/blkio/howdah", key.toString().substring(0, 8));
        Path file = limits.resolve("blkio.throttle.write_iops_device");
        assumeTrue(Files.exists(file), "this host has no control groups of version 1 for input and output");
        return Files.readString(file);
    }

    private String device() {
        return Throttle.device(new ServerDirectory(home.resolve("servers").resolve(key.toString())).base());
    }

    @Test
    void inputAndOutputFollowItsSizeAndItsDisk() throws Exception {
        assertThat(throttled()).contains(device() + " 3750\n");
        UUID larger = UUID.randomUUID();
        done(() -> engine.resize(key, larger, new Compute(4, 512, 30)));
        assertThat(throttled()).contains(device() + " 7500\n");
        String before = device();
        UUID change = UUID.randomUUID();
        done(() -> engine.copyStorage(key, change, 1));
        done(() -> engine.switchStorage(key, change, 1));
        assertThat(device()).isNotEqualTo(before);
        assertThat(throttled()).contains(device() + " 7500\n");
    }

    @Test
    void itGoesBackToTheDiskBeforeAndWhatDoesNotFitIsRefusedWithFigures() throws Exception {
        execute("CREATE TABLE event (n bigint)", "INSERT INTO event VALUES (1)");
        UUID change = UUID.randomUUID();
        done(() -> engine.copyStorage(key, change, 1));
        engine = freshEngine();
        done(() -> engine.copyStorage(key, change, 1));
        done(() -> engine.switchStorage(key, change, 1));
        execute("INSERT INTO event VALUES (2)");
        done(() -> engine.stop(key));
        done(() -> engine.returnStorage(key, change));
        done(() -> engine.start(key));
        assertThat(number(key, "SELECT count(*) FROM event")).isEqualTo(1);
        assertThat(engine.storage(key).capacityBytes()).isEqualTo(2L << 30);
        assertThat(number(key, "SELECT count(*) FROM pg_replication_slots")).isZero();
        assertThat(volumes()).isEqualTo(1);

        execute("SELECT pg_create_physical_replication_slot('elsewhere')");
        UUID again = UUID.randomUUID();
        assertThat(end(() -> engine.copyStorage(key, again, 1)))
                .isInstanceOfSatisfying(
                        Progress.Failed.class,
                        failed -> assertThat(failed.problem().code()).isEqualTo(ProblemCode.StorageSlotInTheWay));
        new Command(
                        Duration.ofSeconds(10),
                        Command.require("fallocate", "util-linux").toString(),
                        "--length",
                        Long.toString(1L << 30),
                        new ServerDirectory(home.resolve("servers").resolve(key.toString()))
                                .base()
                                .resolve("ballast")
                                .toString())
                .run();
        assertThat(end(() -> engine.copyStorage(key, again, 1)))
                .isInstanceOfSatisfying(Progress.Failed.class, failed -> {
                    assertThat(failed.problem().code()).isEqualTo(ProblemCode.StorageTooSmall);
                    assertThat(failed.problem().hint()).contains("2 GiB");
                });
    }
}
