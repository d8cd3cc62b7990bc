package io.howdah.bench;

import io.howdah.access.Caller;
import io.howdah.access.Callers;
import io.howdah.backup.BackupService;
import io.howdah.backup.OnDemand;
import io.howdah.backup.RestoreDraft;
import io.howdah.backup.RestoreService;
import io.howdah.backup.TargetChoice;
import io.howdah.server.ServerService;
import jakarta.inject.Inject;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.naming.InitialContext;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How long a backup and a restore take, from the request at the service to the end of the operation, beside pgBackRest and
 * PostgreSQL called by hand in the same minutes on the same data, of which the number of GiB is given. It judges nothing:
 * {@code ./howdah bench backup} and {@code ./howdah bench restore} show the report.
 */
@ArquillianTest
class BackupsBench {

    private static final int ROUNDS = 3;
    private static final double MIB = 1 << 20;
    private static final int CLIENTS = 4;
    private static final Pattern PROGRESS = Pattern.compile("progress: [\\d.]+ s, ([\\d.]+) tps");

    @Inject
    private ServerService service;

    @Inject
    private BackupService backups;

    @Inject
    private RestoreService restores;

    private final Path home = Path.of(System.getenv("HOWDAH_HOME"));
    private final int gib = Integer.parseInt(System.getenv().getOrDefault("HOWDAH_BENCH_COUNT", "1"));
    private final Figures product = new Figures();
    private final Figures raw = new Figures();
    private final List<UUID> operations = new ArrayList<>();
    private DataSource metadata;
    private Caller caller;
    private PortalServer model;
    private String size;
    private double loadBefore;

    @Deployment
    static WebArchive product() {
        return ShrinkWrap.create(ZipImporter.class, "howdah-bench.war")
                .importFrom(new File("target/howdah.war"))
                .as(WebArchive.class)
                .addPackage(BackupsBench.class.getPackage())
                .addPackages(true, "org.awaitility", "org.hamcrest");
    }

    @BeforeEach
    void makeAFilledServer() throws Exception {
        metadata = InitialContext.doLookup("jdbc/howdah");
        Owner owner = Owner.register(metadata);
        caller = owner.caller();
        model = new PortalServer(service, metadata, caller, owner.team(), "filled");
        model.create();
        awaitBackups(1);
        model.fill(gib);
        size = Callers.as(caller, () -> service.byName("filled")).size().code();
        loadBefore = load();
    }

    @Test
    void backupBesideTheRawTool() throws Exception {
        Path settings = rawRepository();
        String user = user();
        runRaw(settings, user, List.of("stanza-create"));
        for (int i = 0; i < ROUNDS; i++) {
            int number = i;
            product.time(() -> backUp("round " + number));
            raw.time(() -> runRaw(
                    settings,
                    user,
                    List.of(
                            "backup",
                            "--type=full",
                            "--repo1-retention-full=9999",
                            "--no-archive-check",
                            "--no-expire-auto")));
        }
        double loss = loss();
        report(text(
                "%d GiB, %d rounds; load average %.1f before, %.1f after; seconds%n%n"
                        + "product %8.2f%nraw     %8.2f%n%n%s%n"
                        + "pgbench (TPC-B, %d clients) loses %.0f %% of its transactions while a backup is taken (15 allowed)%n%n"
                        + "backup ratio=%.2f loss=%.2f%n",
                gib,
                ROUNDS,
                loadBefore,
                load(),
                product.median(),
                raw.median(),
                StepTimes.of(metadata, operations),
                CLIENTS,
                loss * 100,
                product.median() / raw.median(),
                loss));
    }

    /** Phases alone and beside a backup by turns, so that a machine that slows down does so for both. */
    private double loss() throws Exception {
        pgbench("-i", "-s", "10", "--quiet").waitFor();
        Figures alone = new Figures();
        Figures beside = new Figures();
        for (int i = 0; i < ROUNDS; i++) {
            alone.add(throughput(() -> Thread.sleep(10_000)));
            int number = i;
            beside.add(throughput(() -> backUp("beside pgbench " + number)));
        }
        return 1 - beside.median() / alone.median();
    }

    /** Transactions a second while something else goes on, of the seconds that were whole. */
    private double throughput(Figures.Act meanwhile) throws Exception {
        Process load = pgbench("-c", "" + CLIENTS, "-j", "2", "-T", "600", "-P", "1", "-n");
        // The connections are made within the first second.
        load.inputReader().readLine();
        StringBuilder said = new StringBuilder();
        Thread listener = Thread.ofPlatform()
                .start(() -> load.inputReader().lines().forEach(line -> said.append(line)
                        .append('\n')));
        meanwhile.run();
        load.destroy();
        listener.join();
        return PROGRESS.matcher(said)
                .results()
                .mapToDouble(match -> Double.parseDouble(match.group(1)))
                .average()
                .orElseThrow();
    }

    private Process pgbench(String... arguments) throws IOException {
        JsonNode state = JsonMapper.shared()
                .readTree(Files.readString(model.directory(home).resolve("server.json")));
        List<String> words = new ArrayList<>();
        if (user() != null) {
            words.addAll(List.of("setpriv", "--reuid=" + user(), "--regid=" + user(), "--init-groups", "--"));
        }
        words.addAll(List.of(
                program("postgres").resolveSibling("pgbench").toString(),
                "--host=" + state.get("sockets").asString(),
                "--port=" + state.get("directPort").asInt(),
                "--username=howdah_superuser"));
        words.addAll(List.of(arguments));
        words.add("postgres");
        return new ProcessBuilder(words)
                .directory(new File("/"))
                .redirectErrorStream(true)
                .start();
    }

    @Test
    void restoreBesideTheRawTools() throws Exception {
        backUp("to be restored");
        Path repository = home.resolve("repositories/" + model.id() + "/pgbackrest.conf");
        Path files = home.resolve("backups/" + model.id() + "/repo");
        Endpoint endpoint = new Endpoint(home.resolve("ca.crt"));
        long bytes = databaseBytes();
        for (int i = 0; i < ROUNDS; i++) {
            String name = "copy-" + i;
            product.time(() -> {
                operations.add(model.act(() -> restores.intoNewServer(
                        model.id(), TargetChoice.latest(), new RestoreDraft(name, size, gib + 1, true, true, false))));
                endpoint.await(model.other(name).pooledPort());
            });
            awaitBackupsOf(model.other(name).id(), 1);
            model.other(name).remove();
            RawServer server = rawServer();
            raw.time(() -> {
                server.restore(repository, (int) Files.getAttribute(files, "unix:gid"), newestLabel(), 1);
                server.start();
                endpoint.await(server.pooledPort());
            });
            server.remove();
        }
        double seconds = product.median();
        report(text(
                "%d GiB, %d rounds; load average %.1f before, %.1f after; seconds%n%n"
                        + "product %8.2f%nraw     %8.2f%nmore    %8.2f  (3 allowed)%n%n%s%n"
                        + "restore ratio=%.2f seconds=%.2f mib_per_s=%.0f%n",
                gib,
                ROUNDS,
                loadBefore,
                load(),
                seconds,
                raw.median(),
                seconds - raw.median(),
                StepTimes.of(metadata, operations),
                seconds / raw.median(),
                seconds,
                bytes / MIB / seconds));
    }

    private void backUp(String name) {
        operations.add(model.act(() -> backups.backUp(
                model.id(), new OnDemand(name, null, Instant.now().plus(Duration.ofDays(2))))));
    }

    private RawServer rawServer() throws IOException {
        Path directory = model.directory(home);
        JsonNode state = JsonMapper.shared().readTree(Files.readString(directory.resolve("server.json")));
        String range = System.getenv("HOWDAH_SERVER_PORTS");
        int port = Integer.parseInt(range.substring(range.indexOf('-') + 1)) - 1;
        return new RawServer(
                home.resolve("raw"),
                directory.resolve("1"),
                model.pooledPort(),
                state.get("sockets").asString(),
                program("postgres").getParent(),
                program("pgbouncer"),
                port,
                state.get("user").isNull() ? null : "howdah");
    }

    private Path program(String name) throws IOException {
        String mark = Files.readString(model.directory(home).resolve("1/run/" + name + ".pid"));
        return Path.of("/proc", mark.split(" ")[0], "exe").toRealPath();
    }

    private String user() throws IOException {
        JsonNode state = JsonMapper.shared()
                .readTree(Files.readString(model.directory(home).resolve("server.json")));
        return state.get("user").isNull() ? null : state.get("user").asString();
    }

    /** The product's own settings, for a repository beside it. */
    private Path rawRepository() throws IOException, InterruptedException {
        Path settings = home.resolve("raw.conf");
        Path root = home.resolve("raw-backups");
        String text = Files.readString(home.resolve("repositories/" + model.id() + "/pgbackrest.conf"))
                .replaceAll("repo1-path=.*", "repo1-path=" + root.resolve("repo"))
                .replaceAll("lock-path=.*", "lock-path=" + root.resolve("lock"))
                .replaceAll("archive-copy=.*\n", "");
        Files.writeString(settings, text);
        for (String name : List.of("", "repo", "lock")) {
            Files.createDirectories(root.resolve(name));
        }
        if (user() != null) {
            new ProcessBuilder("chown", "-R", user(), root.toString(), settings.toString())
                    .start()
                    .waitFor();
        }
        return settings;
    }

    private static void runRaw(Path settings, String user, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>();
        if (user != null) {
            words.addAll(List.of("setpriv", "--reuid=" + user, "--regid=" + user, "--init-groups", "--"));
        }
        words.addAll(List.of("pgbackrest", "--config=" + settings, "--stanza=main", "--log-level-console=warn"));
        words.addAll(arguments);
        Process process = new ProcessBuilder(words)
                .directory(new File("/"))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IllegalStateException(said);
        }
    }

    private void awaitBackups(int count) {
        awaitBackupsOf(Callers.as(caller, () -> service.byName("filled")).id(), count);
    }

    private void awaitBackupsOf(UUID server, int count) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(10))
                .until(() ->
                        number("select count(*) from backup where server_id = ? and label is not null", server) >= count
                                && number(
                                                "select count(*) from operation where subject_id = ? and status in ('QUEUED', 'RUNNING')",
                                                server)
                                        == 0);
    }

    private long databaseBytes() {
        return number("select max(database_bytes) from backup where server_id = ?", model.id());
    }

    private String newestLabel() throws SQLException {
        try (Connection connection = metadata.getConnection();
                PreparedStatement query =
                        connection.prepareStatement("select max(label) from backup where server_id = ?")) {
            query.setObject(1, model.id());
            ResultSet row = query.executeQuery();
            row.next();
            return row.getString(1);
        }
    }

    private long number(String question, UUID value) {
        try (Connection connection = metadata.getConnection();
                PreparedStatement query = connection.prepareStatement(question)) {
            query.setObject(1, value);
            ResultSet row = query.executeQuery();
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void report(String text) throws IOException {
        Files.writeString(Path.of(System.getenv("HOWDAH_BENCH_REPORT")), text);
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
