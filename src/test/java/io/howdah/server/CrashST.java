package io.howdah.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.howdah.TestPlace;
import io.howdah.engine.BackupEngine;
import io.howdah.engine.BackupKind;
import io.howdah.engine.BackupTask;
import io.howdah.engine.Compute;
import io.howdah.engine.DatabaseInfo;
import io.howdah.engine.Endpoints;
import io.howdah.engine.Engine;
import io.howdah.engine.Looked;
import io.howdah.engine.Observation;
import io.howdah.engine.Progress;
import io.howdah.engine.RestoreSource;
import io.howdah.engine.RestoreTarget;
import io.howdah.engine.Scram;
import io.howdah.engine.ServerKey;
import io.howdah.engine.Specification;
import io.howdah.engine.host.HostEngine;
import io.howdah.engine.host.HostSettings;
import io.howdah.operation.Workflow;
import io.howdah.server.RecordsInMemory.Row;
import io.howdah.server.Server.Wish;
import io.howdah.server.WorkflowDriver.Run;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The portal dies after a step has acted and before its outcome is written, at every step of every workflow, with real
 * PostgreSQL: the operation ends in the same place as one that was never disturbed, and nothing is left over.
 */
class CrashST {

    /** All that people can see of a server, and what the host holds of it. */
    private record End(
            List<String> steps,
            ProblemCode problem,
            Observation.State seen,
            String note,
            List<String> databases,
            List<String> passwordsThatWork,
            Wish wish,
            ServerState state,
            Instant deletedAt,
            Instant keptUntil,
            boolean known,
            List<String> said,
            int backups,
            List<String> sizes,
            String wishedSize,
            Integer storageGib,
            int disksKept,
            List<String> programs,
            List<String> traces,
            int servers,
            Boolean looked) {}

    private static Path home;
    private static ExecutorService executor;
    private static HostSettings settings;
    private static final Map<Journey<?, ?>, End> UNDISTURBED = new HashMap<>();

    private Engine engine;
    private RecordsInMemory records;
    private ServerKey key;
    private Instant startedBeforeTheCrash;
    private List<Object> brokenWith;

    @BeforeAll
    static void makeAHome() throws IOException {
        home = TestPlace.home("crash");
        executor = Executors.newVirtualThreadPerTaskExecutor();
        int ports = TestPlace.freePorts(20);
        settings = HostSettings.fromEnvironment(Map.of(
                "HOWDAH_HOME",
                home.toString(),
                "HOWDAH_SERVER_PORTS",
                ports + "-" + (ports + 19),
                "HOWDAH_USER_PREFIX",
                userPrefix(),
                "HOWDAH_LISTEN",
                "127.0.0.1",
                "HOWDAH_BACKGROUND_SHARE",
                "100",
                "HOWDAH_BACKUP_REMOTE",
                "folder",
                "HOWDAH_BACKUP_REMOTE_PATH",
                home.resolve("elsewhere").toString()));
        // To the tool a folder is as good a second place as any.
        Files.writeString(
                Files.createDirectories(home.resolve("repositories")).resolve("remote.place"), "repo1-type=posix");
    }

    private static String userPrefix() {
        return System.getenv().getOrDefault("HOWDAH_USER_PREFIX", "howdah-");
    }

    @AfterAll
    static void clearTheHome() throws IOException {
        executor.close();
        try (Stream<Path> all = Files.walk(home)) {
            all.sorted(java.util.Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }

    @AfterEach
    void removeTheServers() {
        Engine last = freshEngine();
        for (ServerKey left : last.servers()) {
            finish(() -> last.remove(left));
        }
        BackupEngine backups = last.backups().orElseThrow();
        for (ServerKey left : backups.repositories()) {
            finish(() -> backups.forget(left));
        }
    }

    /** Those of backups and restores copy files a hundred times: only with HOWDAH_CRASH=all, or with a part of their names. */
    static Stream<Arguments> everyStep() {
        String wanted = System.getenv().getOrDefault("HOWDAH_CRASH", "");
        return Journey.ALL.stream()
                .filter(journey -> switch (wanted) {
                    case "all" -> true;
                    case "" -> Journey.OF_SERVERS.contains(journey);
                    default -> journey.name().contains(wanted);
                })
                .flatMap(journey -> journey.steps().stream().map(step -> Arguments.of(journey, step.name())));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("everyStep")
    void aCrashAfterAnyStepChangesNothing(Journey<?, ?> journey, String step) {
        End undisturbed = UNDISTURBED.computeIfAbsent(journey, one -> end(one, null));
        removeTheServers();
        End disturbed = end(journey, step);
        assertThat(disturbed).isEqualTo(undisturbed);
        assertThat(undisturbed.problem() != null).isEqualTo(journey.broken() != null);
        assertThat(undisturbed.steps()).contains(step);
    }

    @Test
    void everyStepOfEveryWorkflowIsDisturbed() {
        TreeSet<String> all = new TreeSet<>();
        for (JavaClass found : new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.howdah")) {
            if (found.isAssignableTo(Workflow.class) && !found.isInterface()) {
                Class<?> steps = Arrays.stream(found.reflect().getDeclaredClasses())
                        .filter(Class::isEnum)
                        .findFirst()
                        .orElseThrow();
                for (Object step : steps.getEnumConstants()) {
                    all.add(found.getSimpleName() + " " + step);
                }
            }
        }
        TreeSet<String> disturbed = new TreeSet<>();
        for (Journey<?, ?> journey : Journey.ALL) {
            journey.steps()
                    .forEach(step -> disturbed.add(
                            step.getDeclaringClass().getDeclaringClass().getSimpleName() + " " + step));
        }
        assertThat(all).isNotEmpty();
        assertThat(disturbed).isEqualTo(all);
    }

    private <S extends Enum<S>, D extends Record> End end(Journey<S, D> journey, String forget) {
        engine = freshEngine();
        records = new RecordsInMemory();
        key = new ServerKey(UUID.randomUUID());
        Specification specification = new Specification(
                "orders-db", engine.versions().getFirst().major(), new Compute(0.5, 256, 25), 2, List.of());
        prepare(journey.before(), specification);
        startedBeforeTheCrash = null;
        brokenWith = null;
        Run run = WorkflowDriver.run(
                () -> journey.workflow().apply(breaking(Engine.class, engine, journey.broken()), records),
                key.id(),
                journey.data().apply(specification),
                forget,
                this::crash);
        Observation seen = engine.observe(key);
        boolean running = seen.state() == Observation.State.RUNNING;
        boolean movedBackAfterwards = "resize".equals(journey.broken());
        boolean stoppedOnPurpose = movedBackAfterwards || stoppedAfter(forget, run.steps());
        if (running && startedBeforeTheCrash != null && !stoppedOnPurpose) {
            assertThat(Duration.between(startedBeforeTheCrash, seen.startedAt()).abs())
                    .as("a server that ran when the portal died is left running")
                    .isLessThan(Duration.ofMillis(100));
        }
        List<String> expected =
                switch (seen.state()) {
                    case RUNNING -> List.of("keeper", "keeper", "pgbouncer", "postgres");
                    case ASLEEP -> List.of("keeper", "pgbouncer");
                    default -> List.<String>of();
                };
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(programs())
                .isEqualTo(expected));
        Row row = records.rows.get(key.id());
        return new End(
                run.steps(),
                run.problem() == null ? null : run.problem().code(),
                seen.state(),
                seen.note(),
                running
                        ? engine.databases(key).stream()
                                .map(DatabaseInfo::name)
                                .sorted()
                                .toList()
                        : List.of(),
                running ? passwordsThatWork(seen.endpoints()) : List.of(),
                row == null ? null : row.wish,
                row == null ? null : row.state,
                row == null ? null : row.deletedAt,
                row == null ? null : row.keptUntil,
                engine.servers().contains(key),
                records.outputs.values().stream().map(CrashST::withoutTimes).toList(),
                engine.backups().orElseThrow().catalogue(key).backups().size(),
                row == null ? List.of() : List.copyOf(row.sizes),
                row == null ? null : row.wishedSize,
                row == null ? null : row.storageGib,
                records.kept.size(),
                programs(),
                traces(),
                engine.servers().size(),
                Optional.ofNullable(engine.backups().orElseThrow().looked(new ServerKey(RestoreJourneys.LOOKED_AT)))
                        .map(Looked::open)
                        .orElse(null));
    }

    private static boolean stoppedAfter(String step, List<String> steps) {
        return steps.subList(steps.indexOf(step) + 1, steps.size()).stream()
                .anyMatch(later -> later.startsWith("STOP") || later.equals("SWITCH"));
    }

    private static String withoutTimes(String said) {
        // What a backup's tool says names times, labels and sizes: that it says something is what counts.
        return said.contains("P00") ? "the backup's tool" : said.replaceAll("\\d+ ms", "ms");
    }

    private void crash() {
        engine = freshEngine();
        Observation seen = engine.observe(key);
        startedBeforeTheCrash = seen.state() == Observation.State.RUNNING ? seen.startedAt() : null;
    }

    private static Engine freshEngine() {
        return new HostEngine(settings, executor, Clock.systemUTC());
    }

    /** The worst failure: what was asked has been done, and is reported as failed for good. */
    private <T> T breaking(Class<T> type, Object real, String broken) {
        return type.cast(Proxy.newProxyInstance(
                CrashST.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    try {
                        Object answer = method.invoke(real, arguments);
                        if (answer instanceof Optional<?> backups
                                && method.getName().equals("backups")) {
                            return backups.map(found -> breaking(BackupEngine.class, found, broken));
                        }
                        return breaks(method.getName().equals(broken), arguments) && answer instanceof Progress.Done
                                ? new Progress.Failed(Problem.of(ProblemCode.EngineNotResponding), null, false)
                                : answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    /** Undoing may need the same call with other arguments, and that one works. */
    private boolean breaks(boolean named, Object[] arguments) {
        if (named && brokenWith == null) {
            brokenWith = List.of(arguments);
        }
        return named && brokenWith.equals(List.of(arguments));
    }

    private void prepare(Journey.Before before, Specification specification) {
        Row row = records.rows.containsKey(key.id()) ? records.rows.get(key.id()) : records.add(key.id());
        if (before == Journey.Before.NOTHING) {
            return;
        }
        if (before == Journey.Before.NOTHING_BUT_A_SOURCE) {
            ServerKey restored = key;
            key = new ServerKey(Journey.SOURCE);
            records.add(key.id());
            prepare(Journey.Before.BACKED_UP, specification);
            key = restored;
            return;
        }
        run(
                new CreateServer(engine, records),
                new CreateServer.Request(specification, Journey.LOGIN, Scram.verifier(Journey.FIRST_PASSWORD), "shop"));
        int backupsBefore =
                switch (before) {
                    case BACKED_UP, RESTORED_IN_PLACE, LOOKED_AT -> 1;
                    case BACKED_UP_TWICE -> 2;
                    default -> 0;
                };
        for (int i = 0; i < backupsBefore; i++) {
            BackupEngine backups = engine.backups().orElseThrow();
            finish(() -> backups.enable(key));
            UUID unit = UUID.randomUUID();
            finish(() -> backups.backUp(key, unit, new BackupTask(BackupKind.FULL, Map.of())));
            finish(() -> engine.forgetUnit(key, unit));
            Journey.hasBackup(backups, key);
        }
        if (before == Journey.Before.RESTORED_IN_PLACE) {
            BackupEngine backups = engine.backups().orElseThrow();
            finish(() -> backups.archive(key, RestoreJourneys.RESTORED));
            finish(() -> backups.restoreBeside(key, RestoreJourneys.RESTORED, new RestoreTarget.Latest(1)));
            finish(() -> engine.stop(key));
            finish(() -> backups.exchange(key, RestoreJourneys.RESTORED));
            finish(() -> backups.recover(key));
        }
        if (before == Journey.Before.LOOKED_AT) {
            BackupEngine backups = engine.backups().orElseThrow();
            ServerKey copy = new ServerKey(RestoreJourneys.LOOKED_AT);
            RestoreTarget.At now = new RestoreTarget.At(Instant.now(), 1);
            finish(() -> backups.archive(key, RestoreJourneys.LOOKED_AT));
            finish(() -> backups.restore(copy, specification, new RestoreSource(key, now)));
            finish(() -> backups.look(copy, now));
        }
        if (before == Journey.Before.SHRUNK) {
            finish(() -> engine.copyStorage(key, StorageJourneys.SHRUNK, 1));
            finish(() -> engine.switchStorage(key, StorageJourneys.SHRUNK, 1));
            records.kept.add(StorageJourneys.SHRUNK);
        }
        if (before == Journey.Before.STOPPED || before == Journey.Before.DELETED_WHILE_STOPPED) {
            run(new StopServer(engine, records), new StopServer.Request());
        }
        if (before == Journey.Before.DELETED || before == Journey.Before.DELETED_WHILE_STOPPED) {
            run(new DeleteServer(engine, records), new DeleteServer.Request(Journey.DELETED, Journey.KEPT_UNTIL));
            assertThat(row.deletedAt).isEqualTo(Journey.DELETED);
        }
    }

    private <S extends Enum<S>, D extends Record> void run(Workflow<S, D> workflow, D data) {
        assertThat(WorkflowDriver.run(workflow, key.id(), data).problem()).isNull();
    }

    private static void finish(java.util.function.Supplier<Progress> call) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(10))
                .until(call::get, Progress.Done.class::isInstance);
    }

    private List<String> passwordsThatWork(Endpoints endpoints) {
        return Stream.of(Journey.FIRST_PASSWORD, Journey.SECOND_PASSWORD)
                .filter(password ->
                        signsIn(endpoints.pooledPort(), password) && signsIn(endpoints.directPort(), password))
                .toList();
    }

    private static boolean signsIn(int port, String password) {
        Properties properties = new Properties();
        properties.setProperty("user", Journey.LOGIN);
        properties.setProperty("password", password);
        properties.setProperty("sslmode", "verify-full");
        properties.setProperty("sslrootcert", home.resolve("ca.crt").toString());
        properties.setProperty("prepareThreshold", "0");
        properties.setProperty("loginTimeout", "20");
        try (Connection connection =
                DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres", properties)) {
            return connection.isValid(20);
        } catch (SQLException refused) {
            assertThat(refused.getMessage())
                    .matches("(?s).*(password authentication failed|SASL authentication failed).*");
            return false;
        }
    }

    /** The processes that name the server, its sessions excepted, by what they run. */
    private List<String> programs() {
        return ProcessHandle.allProcesses()
                .map(process -> read(Path.of("/proc", Long.toString(process.pid()), "cmdline")))
                .filter(line -> line.contains(key.toString()))
                .map(line -> line.split("\0"))
                .map(words -> words[0].endsWith("/sh")
                        ? "keeper"
                        : Path.of(words[0]).getFileName().toString())
                .sorted()
                .toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException gone) {
            return "";
        }
    }

    private List<String> traces() {
        String name = key.toString().substring(0, 8);
        Map<String, Path> places = Map.of(
                "files", home.resolve("servers").resolve(key.toString()),
                "unfinished data",
                        home.resolve("servers").resolve(key.toString()).resolve("1/volume/data.new"),
                "sockets", home.resolve("run").resolve(name),
                "repository", home.resolve("backups").resolve(key.toString()),
                "CPU limit", Path.of("/sys/fs/cgroup/cpu/howdah", name),
                "memory limit", Path.of("/sys/fs/cgroup/memory/howdah", name),
                "limits", Path.of("/sys/fs/cgroup/howdah", name));
        Stream<String> users = read(Path.of("/etc/passwd")).contains(settings.userPrefix() + name + ":")
                ? Stream.of("user")
                : Stream.empty();
        return Stream.concat(
                        Stream.concat(users, besideTheData()),
                        places.entrySet().stream()
                                .filter(place -> Files.exists(place.getValue()))
                                .map(Map.Entry::getKey))
                .sorted()
                .toList();
    }

    /** What restores in place have left beside the data in use, without the names of their operations. */
    private Stream<String> besideTheData() {
        Path member = home.resolve("servers").resolve(key.toString()).resolve("1");
        return Stream.concat(
                names(member)
                        .filter(name -> name.matches(".*-[0-9a-f]{8}-[0-9a-f-]{27}.*"))
                        .map(name -> name.replaceAll("-[0-9a-f]{8}-[0-9a-f-]{27}", "")),
                names(member.resolve("volumes")).map(name -> "disk"));
    }

    private static Stream<String> names(Path directory) {
        File[] files = directory.toFile().listFiles();
        return Stream.of(files == null ? new File[0] : files).map(File::getName);
    }
}
