package io.howdah.engine.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.howdah.TestPlace;
import io.howdah.engine.Administrator;
import io.howdah.engine.Archiving;
import io.howdah.engine.BackupCatalogue;
import io.howdah.engine.BackupEngine;
import io.howdah.engine.BackupInfo;
import io.howdah.engine.BackupKind;
import io.howdah.engine.BackupTask;
import io.howdah.engine.Compute;
import io.howdah.engine.EngineContract;
import io.howdah.engine.Observation;
import io.howdah.engine.Progress;
import io.howdah.engine.QueryResult;
import io.howdah.engine.RecoverySpan;
import io.howdah.engine.RestoreSource;
import io.howdah.engine.RestoreTarget;
import io.howdah.engine.Scram;
import io.howdah.engine.ServerKey;
import io.howdah.engine.Specification;
import io.howdah.engine.SqlTask;
import io.howdah.shared.ProblemCode;
import io.howdah.shared.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Backups and restores with real PostgreSQL and pgBackRest. Each has a home of its own: much of it is waiting. */
@Execution(ExecutionMode.CONCURRENT)
class HostBackupsST {

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private Path home;
    private HostSettings settings;
    private HostEngine engine;
    private BackupEngine backups;
    private final ServerKey source = new ServerKey(UUID.randomUUID());
    private final ServerKey copy = new ServerKey(UUID.randomUUID());

    @BeforeEach
    void makeAServerWithABackup() {
        home = TestPlace.home("backups-" + source.id());
        int first = TestPlace.freePorts(12);
        settings = HostSettings.fromEnvironment(Map.of(
                "HOWDAH_HOME",
                home.toString(),
                "HOWDAH_SERVER_PORTS",
                first + "-" + (first + 11),
                "HOWDAH_BACKGROUND_SHARE",
                "100"));
        engine = fresh();
        backups = engine.backups().orElseThrow();
        done(() -> engine.provision(source, specification(1)));
        done(() -> engine.start(source));
        done(() ->
                engine.setAdministrator(source, new Administrator("dbadmin", Scram.verifier(EngineContract.PASSWORD))));
        run(source, "CREATE TABLE public.event (n int PRIMARY KEY)");
        run(source, "SELECT pg_switch_wal()");
        done(() -> backups.enable(source));
        backUp(BackupKind.FULL, Map.of("howdah-name", "first"));
        assertThat(ask(source, "SELECT failed_count FROM pg_stat_archiver"))
                .as("tries to archive before there was a repository")
                .isEqualTo("0");
    }

    @AfterEach
    void leaveNothing() {
        for (ServerKey left : engine.servers()) {
            done(() -> engine.remove(left));
        }
        for (ServerKey left : backups.repositories()) {
            done(() -> backups.forget(left));
        }
        assertThat(backups.repositories()).isEmpty();
        executor.close();
        Disk.delete(home);
    }

    private HostEngine fresh() {
        return new HostEngine(settings, executor, Clock.systemUTC());
    }

    private Specification specification(int storageGib) {
        int major = engine.versions().getLast().major();
        return new Specification("orders-db", major, new Compute(0.5, 256, 25), storageGib, List.of());
    }

    private static Progress end(Supplier<Progress> call) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(5))
                .until(call::get, progress -> !(progress instanceof Progress.Running));
    }

    private static void done(Supplier<Progress> call) {
        assertThat(end(call)).isInstanceOf(Progress.Done.class);
    }

    private static Progress.Failed failed(Supplier<Progress> call, ProblemCode code) {
        Progress progress = end(call);
        assertThat(progress).isInstanceOf(Progress.Failed.class);
        assertThat(((Progress.Failed) progress).problem().code()).isEqualTo(code);
        return (Progress.Failed) progress;
    }

    private void archive(ServerKey key) {
        UUID unit = UUID.randomUUID();
        done(() -> backups.archive(key, unit));
    }

    private String backUp(BackupKind kind, Map<String, String> notes) {
        UUID unit = UUID.randomUUID();
        done(() -> backups.backUp(source, unit, new BackupTask(kind, notes)));
        BackupInfo newest = backups.catalogue(source).backups().getLast();
        assertThat(newest.unit()).isEqualTo(unit);
        assertThat(newest.notes()).isEqualTo(notes);
        return newest.label();
    }

    private void run(ServerKey server, String statement) {
        ask(server, statement, false);
    }

    private String ask(ServerKey server, String query) {
        return ask(server, query, true);
    }

    private String ask(ServerKey server, String query, boolean answer) {
        return new ControlConnection(file(server)).use(Duration.ofSeconds(20), connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute(query);
                ResultSet rows = statement.getResultSet();
                return answer && rows.next() ? rows.getString(1) : null;
            }
        });
    }

    private ServerFile file(ServerKey server) {
        return ServerDirectories.read(directory(server).stateFile()).orElseThrow();
    }

    private ServerDirectory directory(ServerKey server) {
        return new ServerDirectory(home.resolve("servers").resolve(server.toString()));
    }

    private void insert(int n) {
        run(source, "INSERT INTO public.event VALUES (" + n + ")");
    }

    /** An instant between what was committed before and what will be. */
    private Instant moment() {
        Pause.millis(30);
        Instant now = Instant.parse(ask(
                source, "SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"));
        Pause.millis(30);
        return now;
    }

    private String events(ServerKey server) {
        return ask(server, "SELECT coalesce(string_agg(n::text, ',' ORDER BY n), '') FROM public.event");
    }

    private void restore(RestoreTarget target) {
        done(() -> backups.restore(copy, specification(1), new RestoreSource(source, target)));
        done(() -> backups.recover(copy));
    }

    private int timeline() {
        return backups.catalogue(source).spans().getLast().timeline();
    }

    @Test
    void aRestoredServerHasWhatWasCommittedUpToTheInstantAndNothingElse() throws IOException {
        insert(1);
        Instant between = moment();
        insert(2);
        archive(source);
        restore(new RestoreTarget.At(between, timeline()));

        assertThat(events(copy)).isEqualTo("1");
        assertThat(events(source)).isEqualTo("1,2");
        assertThat(engine.observe(copy).state()).isEqualTo(Observation.State.RUNNING);
        assertThat(ask(copy, "SELECT pg_is_in_recovery()")).isEqualTo("f");
        assertThat(ask(copy, "SELECT timeline_id FROM pg_control_checkpoint()")).isEqualTo("2");
        assertThat(ask(copy, "SHOW restore_command")).isEmpty();
        run(copy, "INSERT INTO public.event VALUES (7)");
        assertNothingOfTheSourceIsReadable();

        // It has a repository of its own, from which it can be restored in its turn.
        ServerKey third = new ServerKey(UUID.randomUUID());
        done(() -> backups.enable(copy));
        UUID unit = UUID.randomUUID();
        done(() -> backups.backUp(copy, unit, new BackupTask(BackupKind.FULL, Map.of())));
        run(copy, "INSERT INTO public.event VALUES (8)");
        archive(copy);
        RecoverySpan span = backups.catalogue(copy).spans().getLast();
        assertThat(span.timeline()).isEqualTo(2);
        done(() -> backups.restore(
                third, specification(1), new RestoreSource(copy, new RestoreTarget.Latest(span.timeline()))));
        done(() -> backups.recover(third));
        assertThat(events(third)).isEqualTo("1,7,8");
    }

    /** Once it is an ordinary server, it has no more right to the repository it came from. */
    private void assertNothingOfTheSourceIsReadable() throws IOException {
        if (!ServiceUsers.runsAsRoot()) {
            return;
        }
        long pid = directory(copy).postgres().process().orElseThrow().pid();
        String groups = Files.readString(Path.of("/proc", Long.toString(pid), "status"))
                .lines()
                .filter(line -> line.startsWith("Groups:"))
                .findFirst()
                .orElseThrow();
        int group = (int) Files.getAttribute(home.resolve("backups").resolve(source.toString()), "unix:gid");
        assertThat(groups.split("\\s+")).doesNotContain(Integer.toString(group));
    }

    /** When a row's commit had not begun yet, and when it was known to have ended. */
    private record Written(int n, Instant before, Instant after) {}

    /** HOWDAH_INSTANTS says how many; each takes some seconds. */
    @Test
    void instantsInTheMiddleOfALoadAreRestoredExactly() throws Exception {
        int instants = Integer.parseInt(System.getenv().getOrDefault("HOWDAH_INSTANTS", "3"));
        List<Written> written = new ArrayList<>();
        Instant begun = moment();
        new ControlConnection(file(source)).use(Duration.ofSeconds(60), connection -> {
            try (Statement statement = connection.createStatement()) {
                for (int n = 1; n <= 1_500; n++) {
                    Instant before = Instant.now();
                    statement.execute("INSERT INTO public.event VALUES (" + n + ")");
                    written.add(new Written(n, before, Instant.now()));
                    if (n % 400 == 0) {
                        statement.execute("SELECT pg_switch_wal()");
                    }
                }
                return null;
            }
        });
        Instant ended = written.getLast().after();
        archive(source);
        Random random = new Random(42);
        for (int i = 0; i < instants; i++) {
            long micros = Duration.between(begun, ended).toNanos() / 1_000;
            Instant instant = begun.plus(random.nextLong(micros), ChronoUnit.MICROS);
            restore(new RestoreTarget.At(instant, 1));
            int last = Integer.parseInt(ask(copy, "SELECT coalesce(max(n), 0) FROM public.event"));
            assertThat(ask(copy, "SELECT count(*) FROM public.event")).isEqualTo(Integer.toString(last));
            int atLeast = (int) written.stream()
                    .filter(row -> row.after().isBefore(instant))
                    .count();
            int atMost = (int) written.stream()
                    .filter(row -> row.before().isBefore(instant))
                    .count();
            assertThat(last).as("rows at " + instant).isBetween(atLeast, atMost);
            done(() -> engine.remove(copy));
        }
    }

    @Test
    void anIdleServerIsRestoredToNow() {
        insert(1);
        Instant now = moment();
        archive(source);
        restore(new RestoreTarget.At(now, timeline()));
        assertThat(events(copy)).isEqualTo("1");
    }

    @Test
    void aStoppedServerIsRestoredToAnInstantAfterItsLastCommit() {
        insert(1);
        Instant later = moment();
        done(() -> engine.stop(source));
        BackupCatalogue catalogue = backups.catalogue(source);
        assertThat(catalogue.spans()).hasSize(1);
        assertThat(catalogue.spans().getFirst().growing()).isFalse();
        restore(new RestoreTarget.At(later, catalogue.spans().getLast().timeline()));
        assertThat(events(copy)).isEqualTo("1");
    }

    @Test
    void aNamedBackupIsRestoredAsItWasAtItsEnd() {
        insert(1);
        String label = backUp(BackupKind.INCREMENTAL, Map.of("howdah-name", "before the migration"));
        insert(2);
        archive(source);
        restore(new RestoreTarget.Backup(label));
        assertThat(events(copy)).isEqualTo("1");
    }

    @Test
    void aRemovedServerIsRestoredFromWhatItLeft() {
        insert(1);
        done(() -> engine.stop(source));
        int timeline = timeline();
        done(() -> engine.remove(source));
        assertThat(backups.repositories()).containsExactly(source);
        // As on a machine that has the backups and the backup key, and nothing else.
        Disk.delete(home.resolve("repositories"));
        BackupEngine there = fresh().backups().orElseThrow();
        done(() -> there.expire(source, Instant.EPOCH, Set.of()));
        restore(new RestoreTarget.Latest(timeline));
        assertThat(events(copy)).isEqualTo("1");
        done(() -> engine.remove(copy));
        String last = labels().getFirst();
        done(() -> backups.delete(source, last));
        assertThat(backups.repositories()).isEmpty();
        done(() -> backups.delete(source, last));
        assertThat(backups.catalogue(source)).isEqualTo(BackupCatalogue.EMPTY);
    }

    @Test
    void aServerWhoseFilesAreLostComesBackAsItself() {
        insert(1);
        done(() -> engine.stop(source));
        ServerFile lost = file(source);
        // Nothing to do where it has no disk of its own.
        new Command(
                        Duration.ofSeconds(10),
                        Command.require("umount", "mount").toString(),
                        directory(source).base().toString())
                .attempt();
        Disk.delete(directory(source).root());
        Disk.delete(Path.of(lost.sockets()));
        ServiceUsers.remove(lost.user());
        Disk.delete(home.resolve("repositories"));
        assertThat(engine.observe(source).state()).isEqualTo(Observation.State.ABSENT);

        done(() -> backups.restore(source, specification(1), new RestoreSource(source, new RestoreTarget.Latest(1))));
        done(() -> backups.recover(source));
        assertThat(events(source)).isEqualTo("1");
        insert(2);
        archive(source);
        assertThat(backups.catalogue(source).spans())
                .extracting(RecoverySpan::timeline)
                .containsExactly(1, 2);
    }

    @Test
    void whatCannotBeRestoredIsRefusedWithTheReasonAndLeavesNothing() throws IOException {
        insert(1);
        Instant early = Instant.now().minus(Duration.ofHours(1));
        failed(() -> at(early), ProblemCode.RestoreTooEarly);
        failed(() -> at(Instant.now()), ProblemCode.RestorePointNotArchived);
        failed(
                () -> backups.restore(
                        copy,
                        specification(1),
                        new RestoreSource(source, new RestoreTarget.Backup("20200101-000000F"))),
                ProblemCode.BackupNotFound);
        archive(source);
        insert(2);
        archive(source);
        insert(3);
        Instant after = moment();
        archive(source);
        Path missing = segments().get(segments().size() - 2);
        Files.delete(missing);
        Progress.Failed gap = failed(() -> at(after), ProblemCode.RestoreWalMissing);
        assertThat(gap.problem().message())
                .contains(missing.getFileName().toString().substring(0, 24));
        assertThat(backups.catalogue(source).spans().getFirst().missing())
                .isEqualTo(missing.getFileName().toString().substring(0, 24));
        assertThat(backups.catalogue(source).spanOf(after)).isEmpty();
        done(() -> engine.remove(copy));
        assertThat(engine.servers()).containsExactly(source);
        assertThat(backups.repositories()).containsExactly(source);

        // A backup after the gap begins a range of its own.
        backUp(BackupKind.FULL, Map.of());
        assertThat(backups.catalogue(source).spans())
                .hasSize(2)
                .extracting(RecoverySpan::growing)
                .containsExactly(false, true);
    }

    private Progress at(Instant instant) {
        return backups.restore(copy, specification(1), new RestoreSource(source, new RestoreTarget.At(instant, 1)));
    }

    private List<Path> segments() throws IOException {
        try (Stream<Path> files =
                Files.walk(home.resolve("backups").resolve(source.toString()).resolve("repo/archive"))) {
            return files.filter(file -> file.getFileName().toString().matches("[0-9A-F]{24}-.*"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void aServerGoesBackInPlaceAndForwardAgain() {
        insert(1);
        Instant between = moment();
        insert(2);
        archive(source);
        UUID unit = UUID.randomUUID();
        done(() -> backups.restoreBeside(source, unit, new RestoreTarget.At(between, 1)));
        assertThat(events(source)).isEqualTo("1,2");
        done(() -> engine.stop(source));
        done(() -> backups.exchange(source, unit));
        done(() -> backups.exchange(source, unit));
        done(() -> backups.recover(source));
        assertThat(events(source)).isEqualTo("1");
        insert(4);
        Instant afterwards = moment();
        insert(5);
        archive(source);

        // Both lives of it can be restored: what was before the return, and what came after.
        BackupCatalogue catalogue = backups.catalogue(source);
        assertThat(catalogue.spans()).extracting(RecoverySpan::timeline).containsExactly(1, 2);
        assertThat(catalogue.spanOf(between).orElseThrow().timeline()).isEqualTo(1);
        assertThat(catalogue.spanOf(afterwards).orElseThrow().timeline()).isEqualTo(2);
        restore(new RestoreTarget.At(afterwards, 2));
        assertThat(events(copy)).isEqualTo("1,4");
        done(() -> engine.remove(copy));
        restore(new RestoreTarget.Latest(1));
        assertThat(events(copy)).isEqualTo("1,2");

        done(() -> engine.stop(source));
        done(() -> backups.exchangeBack(source, unit));
        done(() -> backups.exchangeBack(source, unit));
        done(() -> engine.start(source));
        assertThat(events(source)).isEqualTo("1,2");
        done(() -> backups.discard(source, unit));
        assertThat(directory(source).member()).isDirectoryNotContaining("glob:**{former,restored,discarded}*");
    }

    @Test
    void aDumpOfADatabaseIsRestoredByPgRestore() throws Exception {
        insert(1);
        Path dump = home.resolve("event.dump");
        try (InputStream from = backups.dump(source, "postgres")) {
            Files.copy(from, dump);
        }
        Process list = new ProcessBuilder("/usr/bin/pg_restore", "--data-only", "--file=-", dump.toString()).start();
        String said = new String(list.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(list.waitFor()).isZero();
        assertThat(said).contains("COPY public.event (n) FROM stdin;\n1\n");
        assertThatThrownBy(() -> backups.dump(source, "nowhere")).isInstanceOf(ProblemException.class);
    }

    @Test
    void aDamagedPageIsFoundAndNamed() throws IOException {
        run(source, "CREATE TABLE public.big AS SELECT n, repeat('x', 100) AS text FROM generate_series(1, 5000) n");
        run(source, "CHECKPOINT");
        UUID whole = UUID.randomUUID();
        done(() -> backups.verify(source, whole));
        String path = ask(source, "SELECT pg_relation_filepath('public.big')");
        done(() -> engine.stop(source));
        Path table = directory(source).data().resolve(path);
        byte[] bytes = Files.readAllBytes(table);
        bytes[3 * 8192 + 4000] ^= 0x55;
        Files.write(table, bytes);
        done(() -> engine.start(source));
        UUID damaged = UUID.randomUUID();
        failed(() -> backups.verify(source, damaged), ProblemCode.DataCorrupt);
        assertThat(engine.unitOutput(source, damaged)).contains("big");
    }

    @Test
    void aUnitTakesOneBackupHoweverOftenItIsAsked() {
        UUID unit = UUID.randomUUID();
        BackupTask task = new BackupTask(BackupKind.FULL, Map.of());
        done(() -> backups.backUp(source, unit, task));
        BackupEngine next = fresh().backups().orElseThrow();
        done(() -> next.backUp(source, unit, task));
        done(() -> engine.forgetUnit(source, unit));
        done(() -> backups.backUp(source, unit, task));
        assertThat(backups.catalogue(source).backups()).hasSize(2);
    }

    @Test
    void backupsGoWhenNothingNeedsThemAndKeptOnesStay() throws IOException {
        String kept = backups.catalogue(source).backups().getFirst().label();
        insert(1);
        String second = backUp(BackupKind.FULL, Map.of());
        String onSecond = backUp(BackupKind.INCREMENTAL, Map.of());
        insert(2);
        archive(source);
        String third = backUp(BackupKind.FULL, Map.of());
        Instant window = Instant.now().plusSeconds(1);
        insert(3);
        archive(source);
        String fourth = backUp(BackupKind.FULL, Map.of());

        done(() -> backups.expire(source, window, Set.of(kept, onSecond)));
        assertThat(labels()).containsExactly(kept, second, onSecond, third, fourth);
        int before = segments().size();
        done(() -> backups.expire(source, window, Set.of(kept)));
        assertThat(labels()).containsExactly(kept, third, fourth);
        assertThat(segments().size()).isLessThan(before);
        done(() -> backups.delete(source, kept));
        done(() -> backups.delete(source, kept));
        assertThat(labels()).containsExactly(third, fourth);
        done(() -> backups.delete(source, fourth));
        failed(() -> backups.delete(source, third), ProblemCode.BackupToolFailed);

        restore(new RestoreTarget.Backup(third));
        assertThat(events(copy)).isEqualTo("1,2");
    }

    private List<String> labels() {
        return backups.catalogue(source).backups().stream()
                .map(BackupInfo::label)
                .toList();
    }

    @Test
    void archivingThatFailsIsSeenAndMendsItself() throws IOException {
        Path archive = home.resolve("backups").resolve(source.toString()).resolve("repo/archive");
        Path away = archive.resolveSibling("away");
        Files.move(archive, away);
        insert(1);
        UUID unit = UUID.randomUUID();
        failed(() -> backups.archive(source, unit), ProblemCode.ArchivingFails);
        Archiving failing = backups.archiving(source);
        assertThat(failing.failing()).isTrue();
        assertThat(failing.waiting()).isPositive();
        assertThat(engine.observe(source).state()).isEqualTo(Observation.State.RUNNING);
        Disk.delete(archive);
        Files.move(away, archive);
        Awaitility.await().atMost(Duration.ofSeconds(90)).until(() -> !backups.archiving(source)
                .failing());
        archive(source);
    }

    /** On a disk of its own, which is a small one in memory: where that can't be had, this says so and passes. */
    @Test
    void aRepositoryWithoutRoomStopsNobodyAndMendsItself() throws Exception {
        Path repository = home.resolve("backups").resolve(source.toString()).resolve("repo");
        Path kept = repository.resolveSibling("kept");
        Files.move(repository, kept);
        Files.createDirectory(repository);
        Command.Result mounted = new Command(
                        Duration.ofSeconds(10),
                        "/usr/bin/mount",
                        "-t",
                        "tmpfs",
                        "-o",
                        "size=48m",
                        "tmpfs",
                        repository + "")
                .attempt();
        Assumptions.assumeTrue(mounted.exitCode() == 0, "no small disk can be mounted here: " + mounted.output());
        try {
            new Command(Duration.ofSeconds(10), "/usr/bin/cp", "-a", kept + "/.", repository + "").run();
            Path ballast = repository.resolve("ballast");
            new Command(Duration.ofSeconds(10), "/usr/bin/dd", "if=/dev/zero", "of=" + ballast, "bs=4k").attempt();
            insert(1);
            UUID unit = UUID.randomUUID();
            failed(() -> backups.archive(source, unit), ProblemCode.EngineDiskFull);
            assertThat(backups.archiving(source).failing()).isTrue();
            assertThat(backups.archiving(source).waiting()).isPositive();
            assertThat(engine.observe(source).state()).isEqualTo(Observation.State.RUNNING);
            insert(2);

            Files.delete(ballast);
            Awaitility.await().atMost(Duration.ofSeconds(90)).until(() -> {
                Archiving now = backups.archiving(source);
                return !now.failing() && now.waiting() == 0;
            });
            archive(source);
            restore(new RestoreTarget.Latest(1));
            assertThat(events(copy)).isEqualTo("1,2");
        } finally {
            done(() -> engine.stop(source));
            new Command(Duration.ofSeconds(10), "/usr/bin/umount", repository + "").run();
            Disk.delete(kept);
        }
    }

    @Test
    void aDownloadedBackupIsStartedByAPlainPostgres() throws Exception {
        insert(1);
        String label = backUp(BackupKind.INCREMENTAL, Map.of());
        insert(2);
        assertThatThrownBy(() -> backups.tarball(source, "nowhere")).isInstanceOf(ProblemException.class);
        Path plain = Files.createDirectory(home.resolve("plain"));
        ServiceUsers.own(plain, file(source).user());
        Path tar = plain.resolve("backup.tar");
        try (InputStream from = backups.tarball(source, label)) {
            Files.copy(from, tar);
        }
        assertThat(home.resolve("downloads")).isEmptyDirectory();
        ServiceUsers.own(tar, file(source).user());
        as("tar", "--no-same-owner", "--directory=" + plain, "-xf", tar.toString());
        String data = plain.resolve("postgresql-" + label).toString();
        String bin = new ToolSets(List.of())
                .require(file(source).specification().majorVersion())
                .program("pg_ctl")
                .getParent()
                .toString();
        int port = TestPlace.freePorts(1);
        String options = "-c listen_addresses= -c port=" + port + " -c unix_socket_directories=" + plain;
        as(bin + "/pg_ctl", "-w", "-D", data, "-l", plain.resolve("log").toString(), "-o", options, "start");
        try {
            String query = "SELECT string_agg(n::text, ',') FROM event";
            List<String> psql = List.of(
                    bin + "/psql", "-XAtqh", plain.toString(), "-p", "" + port, "-U", ServerSettings.SUPERUSER, "-c");
            Files.writeString(Path.of(data, "pg_hba.conf"), "local all all trust\n");
            as(bin + "/pg_ctl", "-D", data, "reload");
            List<String> words = new ArrayList<>(psql);
            words.addAll(List.of(query, "postgres"));
            assertThat(as(words.toArray(String[]::new)).strip()).isEqualTo("1");
        } finally {
            as(bin + "/pg_ctl", "-w", "-m", "immediate", "-D", data, "stop");
            Disk.delete(plain);
        }
    }

    private String as(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        if (!all.getFirst().contains("/")) {
            all.set(0, Command.require(all.getFirst(), all.getFirst()).toString());
        }
        return new Command(Duration.ofSeconds(60), ServiceUsers.as(file(source).user(), all)).run();
    }

    /** Everything about a second repository with one server, since each of these begins with most of the others. */
    @Test
    void aSecondRepositoryHasAllAndItsTroubleIsNobodyElses() throws Exception {
        Assumptions.assumeTrue(ObjectStore.available(), "no object store was prepared");
        try (ObjectStore store = new ObjectStore(home.resolve("store"))) {
            store.writeTo(home);
            engine = new HostEngine(withRemote(), executor, Clock.systemUTC());
            backups = engine.backups().orElseThrow();
            UUID first = backups.catalogue(source).backups().getFirst().unit();
            copyBackup(first);
            BackupCatalogue there = backups.remoteCatalogue(source);
            assertThat(there.backups()).extracting(BackupInfo::unit).containsExactly(first);
            assertThat(there.spans()).hasSize(1);
            assertThat(Files.getPosixFilePermissions(home.resolve("repositories/" + source + "/remote.conf")))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));

            insert(1);
            store.goAway();
            insert(2);
            archive(source);
            failed(() -> backups.ship(source), ProblemCode.RemoteAway);
            assertThat(backups.shipping(source).waiting()).isPositive();
            failed(
                    () -> backups.backUpRemote(
                            source, UUID.randomUUID(), UUID.randomUUID(), new BackupTask(BackupKind.FULL, Map.of())),
                    ProblemCode.RemoteAway);
            backUp(BackupKind.INCREMENTAL, Map.of());

            store.come();
            Instant both = moment();
            insert(3);
            archive(source);
            done(() -> backups.ship(source));
            assertThat(backups.shipping(source).waiting()).isZero();

            // The first one is lost, and what PostgreSQL has meanwhile gets to the second one all the same.
            Disk.delete(home.resolve("backups/" + source));
            insert(4);
            ask(source, "SELECT pg_walfile_name(pg_switch_wal())");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> backups.archiving(source).waiting() > 0);
            done(() -> backups.ship(source));
            assertThat(backups.shipping(source).waiting()).isZero();
            assertThat(backups.catalogue(source).backups())
                    .extracting(BackupInfo::unit)
                    .containsExactly(first);
            restore(new RestoreTarget.At(both, 1));
            assertThat(events(copy)).isEqualTo("1,2");
            assertThat(directory(copy).restoreLock().resolve("remote.conf")).doesNotExist();
            ServerKey newest = new ServerKey(UUID.randomUUID());
            done(() ->
                    backups.restore(newest, specification(1), new RestoreSource(source, new RestoreTarget.Latest(1))));
            done(() -> backups.recover(newest));
            assertThat(events(newest)).isEqualTo("1,2,3,4");

            // Made anew, the first one goes on, and both forget at once.
            done(() -> backups.enable(source));
            archive(source);
            backUp(BackupKind.FULL, Map.of());
            done(() -> backups.expireRemote(source, Instant.EPOCH, Set.of()));
            assertThat(backups.remoteCatalogue(source).backups()).hasSize(1);
            done(() -> backups.forget(source));
            assertThat(store.objects()).noneMatch(name -> name.contains(source.toString()));
            engine.servers().forEach(left -> done(() -> engine.remove(left)));
            backups.repositories().forEach(left -> done(() -> backups.forget(left)));
        }
        engine = fresh();
        backups = engine.backups().orElseThrow();
    }

    /** What an operator sets is what the tool is told, and what a restored server is let in with and forgets. */
    @ParameterizedTest
    @EnumSource
    void aLostServerComesBackFromAnotherKindOfSecondPlace(SecondPlace.Kind kind) throws Exception {
        Assumptions.assumeTrue(kind.available(), kind + " was not prepared");
        try (SecondPlace place = kind.open(home.resolve("place"))) {
            place.writeTo(home);
            engine = new HostEngine(withRemote(), executor, Clock.systemUTC());
            backups = engine.backups().orElseThrow();
            copyBackup(backups.catalogue(source).backups().getFirst().unit());
            insert(1);
            archive(source);
            done(() -> backups.ship(source));
            Disk.delete(home.resolve("backups/" + source));
            restore(new RestoreTarget.Latest(1));
            assertThat(events(copy)).isEqualTo("1");
            assertThat(directory(copy).restoreLock()).isEmptyDirectory();
            done(() -> backups.forget(source));
            engine.servers().forEach(left -> done(() -> engine.remove(left)));
            backups.repositories().forEach(left -> done(() -> backups.forget(left)));
        }
        engine = fresh();
        backups = engine.backups().orElseThrow();
    }

    private void copyBackup(UUID name) {
        UUID unit = UUID.randomUUID();
        done(() -> backups.backUpRemote(source, unit, name, new BackupTask(BackupKind.FULL, Map.of())));
        done(() -> backups.ship(source));
    }

    private HostSettings withRemote() {
        return new HostSettings(
                home,
                settings.listenAddresses(),
                settings.publicName(),
                settings.firstPort(),
                settings.lastPort(),
                settings.toolRoots(),
                settings.userPrefix(),
                settings.limits(),
                settings.storageLimits(),
                settings.spares(),
                settings.backgroundShare(),
                new HostSettings.Remote("the second place", "/test"));
    }

    @Test
    void aStartInTheMiddleOfARecoveryGoesOnWithIt() {
        insert(1);
        archive(source);
        done(() -> backups.restore(copy, specification(1), new RestoreSource(source, new RestoreTarget.Latest(1))));
        HostEngine next = fresh();
        done(() -> next.start(copy));
        assertThat(events(copy)).isEqualTo("1");
        assertThat(ask(copy, "SELECT pg_is_in_recovery()")).isEqualTo("f");
    }

    private QueryResult look(String query) {
        return backups.query(copy, new SqlTask("postgres", "dbadmin", query, Duration.ofSeconds(30)), 2);
    }

    private String lookedAt() {
        return look("SELECT coalesce(string_agg(n::text, ',' ORDER BY n), '') FROM public.event")
                .rows()
                .getFirst()
                .getFirst();
    }

    private ProblemCode refused(String query) {
        try {
            look(query);
            return null;
        } catch (ProblemException e) {
            return e.problem().code();
        }
    }

    @Test
    void aServerIsReadAsItWasAndGoesOnToLaterTimesWithTheSameFiles() throws Exception {
        run(source, "GRANT SELECT ON public.event TO dbadmin");
        insert(1);
        Instant first = moment();
        insert(2);
        Instant second = moment();
        insert(3);
        archive(source);
        RestoreTarget.At then = new RestoreTarget.At(first, 1);
        done(() -> backups.restore(copy, specification(1), new RestoreSource(source, then)));
        done(() -> backups.look(copy, then));

        assertThat(lookedAt()).isEqualTo("1");
        assertThat(backups.looked(copy).open()).isTrue();
        assertThat(backups.looked(copy).newest()).isBefore(first);
        assertThat(refused("INSERT INTO public.event VALUES (9)")).isEqualTo(ProblemCode.QueryFailed);
        assertThat(refused("SELECT 1; SELECT 2")).isEqualTo(ProblemCode.QueryNotOne);
        assertThat(look("SELECT session_user, NULL").rows()).containsExactly(Arrays.asList("dbadmin", null));
        assertThat(look("SELECT n FROM generate_series(1, 5) n")).satisfies(some -> {
            assertThat(some.rows()).hasSize(2);
            assertThat(some.more()).isTrue();
        });
        assertThat(overTheNetwork()).isEqualTo("1");

        // The same files go on, also under an engine that knows nothing of what came before.
        Object files = Files.getAttribute(directory(copy).data(), "unix:ino");
        RestoreTarget.At later = new RestoreTarget.At(second, 1);
        BackupEngine next = fresh().backups().orElseThrow();
        done(() -> next.look(copy, later));
        assertThat(lookedAt()).isEqualTo("1,2");
        assertThat(Files.getAttribute(directory(copy).data(), "unix:ino")).isEqualTo(files);
        failed(() -> backups.look(copy, then), ProblemCode.LookOnlyForward);
        assertThat(lookedAt()).isEqualTo("1,2");
        assertThat(events(source)).isEqualTo("1,2,3");

        // After the last change there is no commit to stop at: the end of all WAL is that state.
        done(() -> engine.stop(source));
        RestoreTarget.At end =
                new RestoreTarget.At(backups.catalogue(source).spans().getLast().until(), 1);
        done(() -> backups.look(copy, end));
        assertThat(lookedAt()).isEqualTo("1,2,3");
        assertThat(backups.looked(copy).open()).isTrue();

        done(() -> engine.remove(copy));
        done(() -> backups.forget(copy));
        assertThat(backups.looked(copy)).isNull();
        assertThat(engine.servers()).containsExactly(source);
        assertThat(backups.repositories()).containsExactly(source);
        assertThat(directory(copy).root()).doesNotExist();
    }

    /** At the direct port, over TLS, with the password of that time. */
    private String overTheNetwork() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", "dbadmin");
        properties.setProperty("password", EngineContract.PASSWORD);
        properties.setProperty("sslmode", "require");
        int port = backups.looked(copy).endpoints().directPort();
        try (Connection connection =
                        DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres", properties);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM public.event")) {
            rows.next();
            return rows.getString(1);
        }
    }
}
