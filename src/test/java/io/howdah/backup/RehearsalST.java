package io.howdah.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.howdah.TestPlace;
import io.howdah.engine.Administrator;
import io.howdah.engine.BackupEngine;
import io.howdah.engine.BackupInfo;
import io.howdah.engine.BackupKind;
import io.howdah.engine.BackupTask;
import io.howdah.engine.Compute;
import io.howdah.engine.Engine;
import io.howdah.engine.Progress;
import io.howdah.engine.Scram;
import io.howdah.engine.ServerKey;
import io.howdah.engine.Specification;
import io.howdah.engine.SqlTask;
import io.howdah.engine.host.HostEngine;
import io.howdah.engine.host.HostSettings;
import io.howdah.server.RecordsInMemory;
import io.howdah.server.WorkflowDriver;
import io.howdah.server.WorkflowDriver.Run;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import io.howdah.shared.ProblemException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rehearsals with real PostgreSQL and pgBackRest: a whole server passes, and whatever is damaged is named. */
class RehearsalST {

    private static Path home;
    private static ExecutorService executor;
    private static HostSettings settings;
    private static Engine engine;
    private static BackupEngine backups;
    private static final ServerKey SOURCE = new ServerKey(UUID.randomUUID());
    private static Instant between;

    private final RehearsalRecordsInMemory records = new RehearsalRecordsInMemory();
    private final RecordsInMemory outputs = new RecordsInMemory();

    @BeforeAll
    static void aServerWithTwoBackupsAndSomethingAfter() throws IOException {
        home = TestPlace.home("rehearsals");
        executor = Executors.newVirtualThreadPerTaskExecutor();
        int first = TestPlace.freePorts(8);
        settings = HostSettings.fromEnvironment(Map.of(
                "HOWDAH_HOME",
                home.toString(),
                "HOWDAH_SERVER_PORTS",
                first + "-" + (first + 7),
                "HOWDAH_BACKGROUND_SHARE",
                "100"));
        engine = new HostEngine(settings, executor, Clock.systemUTC());
        backups = engine.backups().orElseThrow();
        Specification specification = new Specification("orders-db", major(), new Compute(0.5, 256, 25), 1, List.of());
        done(() -> engine.provision(SOURCE, specification));
        done(() -> engine.start(SOURCE));
        done(() -> engine.setAdministrator(SOURCE, new Administrator("dbadmin", Scram.verifier("Correct-Horse-9"))));
        done(() -> engine.createDatabase(SOURCE, "shop", "dbadmin"));
        done(() -> backups.enable(SOURCE));
        backUp();
        run("CREATE TABLE orders AS SELECT n FROM generate_series(1, 1000) n");
        archive();
        backUp();
        between = Instant.now().plusMillis(50);
        Awaitility.await().pollInterval(Duration.ofMillis(10)).until(() -> Instant.now()
                .isAfter(between.plusMillis(50)));
        run("INSERT INTO orders VALUES (1001)");
        archive();
    }

    @AfterAll
    static void removeAll() throws IOException {
        done(() -> engine.remove(SOURCE));
        done(() -> backups.forget(SOURCE));
        executor.close();
        delete(home);
    }

    /** Whatever happened, nothing of a throw-away server is left. */
    @AfterEach
    void onlyTheSourceIsThere() {
        assertThat(engine.servers()).containsExactly(SOURCE);
        assertThat(backups.repositories()).containsExactly(SOURCE);
    }

    private static int major() {
        return engine.versions().getLast().major();
    }

    private static void archive() {
        UUID unit = UUID.randomUUID();
        done(() -> backups.archive(SOURCE, unit));
    }

    private static void done(Supplier<Progress> call) {
        Progress end = Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(5))
                .until(call::get, progress -> !(progress instanceof Progress.Running));
        assertThat(end).isInstanceOf(Progress.Done.class);
    }

    private static void backUp() {
        UUID unit = UUID.randomUUID();
        done(() -> backups.backUp(SOURCE, unit, new BackupTask(BackupKind.FULL, Map.of())));
    }

    private static void run(String script) {
        UUID unit = UUID.randomUUID();
        done(() -> engine.runSql(SOURCE, unit, new SqlTask("shop", "dbadmin", script, Duration.ofSeconds(20))));
        done(() -> engine.forgetUnit(SOURCE, unit));
    }

    private Run rehearse() {
        return WorkflowDriver.run(
                new RehearseBackup(engine, records, outputs, Clock.systemUTC()),
                SOURCE.id(),
                new RehearseBackup.Request(
                        new Specification("rehearsal", major(), new Compute(1, 256, 40), 1, List.of()),
                        "dbadmin",
                        1,
                        between,
                        1,
                        64 << 20,
                        true));
    }

    private Problem found(ProblemCode code) {
        Run run = rehearse();
        assertThat(run.problem()).isNotNull();
        assertThat(run.problem().code()).isEqualTo(code);
        assertThat(run.problem().hint()).isNotBlank();
        assertThat(run.steps()).endsWith("UNDO");
        return run.problem();
    }

    @Test
    void aWholeServerPassesAndIsMeasured() {
        records.checks = List.of(
                new SqlCheck("orders are there", "shop", "SELECT count(*) = 1001 FROM orders"),
                new SqlCheck("asked as the administrator", "shop", "SELECT session_user = 'dbadmin'"),
                new SqlCheck("can only read", "shop", "SELECT current_setting('transaction_read_only') = 'on'"));
        Run run = rehearse();
        assertThat(run.problem()).isNull();
        assertThat(records.results).hasSize(3).allMatch(CheckResult::passed);
        assertThat(records.restored).isPositive();
        assertThat(records.recovered).isPositive();
        assertThat(records.recoveryPoint).isLessThan(Duration.ofMinutes(2));
        assertThat(outputs.find(records.marks.keySet().iterator().next())
                        .orElseThrow()
                        .text())
                .contains("status: ok");
    }

    @Test
    void aCheckThatFailsSaysWhatItAnswered() {
        records.checks = List.of(
                new SqlCheck("more orders", "shop", "SELECT count(*) > 5000 FROM orders"),
                new SqlCheck("no such table", "shop", "SELECT true FROM nowhere"),
                new SqlCheck("no such database", "elsewhere", "SELECT true"));
        Problem problem = found(ProblemCode.RehearsalChecksFailed);
        assertThat(problem.message()).contains("more orders", "no such table", "no such database");
        assertThat(records.results.get(0).said()).contains("false");
        assertThat(records.results.get(1).said()).contains("nowhere");
        assertThat(records.results.get(2).said()).contains("elsewhere");
    }

    @Test
    void aDamagedFileOfABackupIsNamed() throws IOException {
        BackupInfo newest = backups.catalogue(SOURCE).backups().getLast();
        Path file = largest(repository().resolve("backup/main").resolve(newest.label()));
        byte[] whole = Files.readAllBytes(file);
        byte[] damaged = whole.clone();
        damaged[damaged.length / 2] ^= 0x55;
        Files.write(file, damaged);
        try {
            assertThat(found(ProblemCode.RepositoryDamaged).message())
                    .contains(newest.label())
                    .contains(file.getFileName().toString());
        } finally {
            Files.write(file, whole);
        }
    }

    @Test
    void aPieceOfTheChangeLogThatIsGoneIsNamed() throws IOException {
        // One that no restore of the newest backup needs.
        Path segment = segments().get(2);
        Path aside = home.resolve("aside");
        Files.move(segment, aside);
        try {
            assertThat(found(ProblemCode.RepositoryWalMissing).message())
                    .contains(segment.getFileName().toString().substring(0, 24));
        } finally {
            Files.move(aside, segment);
        }
    }

    @Test
    void aWrongKeyIsNamedAlthoughTheServerGoesOnWithTheOldOne() throws IOException {
        Path key = home.resolve("secrets/backup.key");
        String right = Files.readString(key);
        for (String wrong : List.of("AAAA" + right.substring(4), "not a key\n")) {
            Files.writeString(key, wrong);
            try {
                found(ProblemCode.RepositoryKeyDiffers);
            } finally {
                Files.writeString(key, right);
            }
        }
        archive();
    }

    /** What can not be deciphered is not empty: nothing of it may be forgotten. */
    @Test
    void backupsThatCanNotBeDecipheredAreNotTakenForNone() throws IOException {
        Path told = home.resolve("repositories").resolve(SOURCE.toString()).resolve("pgbackrest.conf");
        String right = Files.readString(told);
        Files.writeString(told, right.replaceFirst("repo1-cipher-pass=.*", "repo1-cipher-pass=another"));
        try {
            found(ProblemCode.RepositoryKeyDiffers);
            assertThatThrownBy(() -> backups.catalogue(SOURCE))
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            e -> assertThat(e.problem().code()).isEqualTo(ProblemCode.RepositoryKeyDiffers));
        } finally {
            Files.writeString(told, right);
        }
    }

    @Test
    void aFullDiskOfTheBackupsIsNamed() throws Exception {
        assumeTrue(mounted(repository()), "file systems can be mounted here");
        try {
            assertThat(found(ProblemCode.EngineDiskFull).message()).contains("the backups");
        } finally {
            assertThat(command("umount", "--lazy", repository().toString())).isZero();
        }
        // What waited goes its way by itself.
        Awaitility.await().atMost(Duration.ofSeconds(90)).until(() -> !backups.archiving(SOURCE)
                .failing());
    }

    /** Puts a small full disk over the repository, with all that is there. */
    private boolean mounted(Path repository) throws Exception {
        Path copy = home.resolve("copy");
        assertThat(command("cp", "-a", repository.toString(), copy.toString())).isZero();
        if (command("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", repository.toString()) != 0) {
            return false;
        }
        assertThat(command("cp", "-a", copy + "/.", repository.toString())).isZero();
        try (OutputStream filler = Files.newOutputStream(repository.resolve("filler"))) {
            byte[] some = new byte[4096];
            while (true) {
                filler.write(some);
            }
        } catch (IOException full) {
            return true;
        }
    }

    private static int command(String... words) throws Exception {
        Process process = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private static Path repository() {
        return home.resolve("backups").resolve(SOURCE.toString()).resolve("repo");
    }

    private static Path largest(Path backup) throws IOException {
        try (Stream<Path> files = Files.walk(backup.resolve("pg_data/base"))) {
            return files.filter(Files::isRegularFile)
                    .max(java.util.Comparator.comparing(file -> file.toFile().length()))
                    .orElseThrow();
        }
    }

    private static List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.walk(repository().resolve("archive"))) {
            return files.filter(file -> file.getFileName().toString().matches("[0-9A-F]{24}-.*"))
                    .sorted()
                    .toList();
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            all.sorted(java.util.Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}
