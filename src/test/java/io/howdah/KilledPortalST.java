package io.howdah;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** The portal, the servers' processes and the metadata server are killed without warning: all goes on as it was asked. */
@ExtendWith(Installation.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Order(4)
class KilledPortalST {

    private static final String STAYS = "stays-db";
    private static final String RESTS = "rests-db";

    /** What the operator guide promises of a process that was killed. */
    private static final Duration PROMISE = Duration.ofSeconds(2);

    /** A server as the control plane has it. */
    private record Row(String id, String state, boolean deleted, int pooledPort, int directPort) {

        boolean ready() {
            return state.equals("READY") && !deleted;
        }
    }

    private Installation installation;
    private Visitor ada;
    private String password;
    private String doomed = "doomed-db";
    private String made;
    private boolean stopping;

    @BeforeAll
    void makeServers(Installation shared) {
        installation = shared;
        ada = shared.administrator();
        password = ada.createServer(STAYS);
        ada.createServer(doomed);
        ada.createServer(RESTS);
        ada.go("servers/" + RESTS);
        ada.press("Stop");
        ada.pressInDialog("Stop");
        patiently().until(() -> "STOPPED".equals(servers().get(RESTS).state()));
    }

    @AfterAll
    void leaveItRunning() {
        ada.close();
        if (Installation.process(installation.home().resolve("run/portal.pid")).isEmpty()) {
            installation.start();
        }
    }

    private static ConditionFactory patiently() {
        return Awaitility.await().atMost(Visitor.PATIENCE).pollInterval(Duration.ofMillis(50));
    }

    private Map<String, Row> servers() throws SQLException {
        Map<String, Row> rows = new HashMap<>();
        try (Connection connection = installation.metadata();
                ResultSet row = connection
                        .createStatement()
                        .executeQuery("select name, id, state, deleted_at is not null, pooled_port, direct_port"
                                + " from server")) {
            while (row.next()) {
                rows.put(
                        row.getString(1),
                        new Row(row.getString(2), row.getString(3), row.getBoolean(4), row.getInt(5), row.getInt(6)));
            }
        }
        return rows;
    }

    private String ask(String query) throws SQLException {
        try (Connection connection = installation.metadata();
                ResultSet row = connection.createStatement().executeQuery(query)) {
            return row.next() ? row.getString(1) : null;
        }
    }

    private Optional<ProcessHandle> process(String server, String name) throws SQLException {
        Path run =
                installation.home().resolve("servers/" + servers().get(server).id() + "/1/run");
        return Installation.process(run.resolve(name + ".pid"));
    }

    /** Kills the portal and the script that would start it again. */
    private void killThePortal() {
        for (String file : List.of("run/script.pid", "run/portal.pid")) {
            kill(Installation.process(installation.home().resolve(file)).orElseThrow());
        }
    }

    private static void kill(ProcessHandle process) {
        process.destroyForcibly();
        process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
    }

    /** Acts the moment that the creation of the server has arrived at the step; answers where it was. */
    private CompletableFuture<String> at(String server, String step, Runnable act) {
        return CompletableFuture.supplyAsync(() -> {
            try (Connection connection = installation.metadata();
                    PreparedStatement look = connection.prepareStatement(
                            "select step from operation where kind = 'server-create' and subject_name = ?"
                                    + " and status = 'RUNNING'")) {
                look.setString(1, server);
                long deadline = System.nanoTime() + Visitor.PATIENCE.toNanos();
                while (System.nanoTime() < deadline) {
                    try (ResultSet row = look.executeQuery()) {
                        if (row.next() && row.getString(1).equals(step)) {
                            act.run();
                            return row.getString(1);
                        }
                    }
                }
                throw new AssertionError(server + " was never seen at " + step);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    @Order(1)
    void whatWasUnderWayIsFinishedByTheNextPortal() throws SQLException {
        killInTheMiddle("PROVISION", this::killThePortal);
        installation.start();
        requireAllOfItDone();
    }

    @Test
    @Order(2)
    void aKilledPortalIsStartedAgainByTheScript() throws SQLException {
        ProcessHandle portal = Installation.process(installation.home().resolve("run/portal.pid"))
                .orElseThrow();
        killInTheMiddle("FLUSH", () -> kill(portal));
        patiently()
                .atMost(Duration.ofSeconds(120))
                .until(() -> installation.howdah("status").code() == 0);
        assertThat(Installation.process(installation.home().resolve("run/portal.pid")))
                .isPresent()
                .get()
                .isNotEqualTo(portal);
        requireAllOfItDone();
    }

    /** Asks for a creation, a stop or start, and a deletion, and kills while all of that is under way. */
    private void killInTheMiddle(String step, Runnable kill) throws SQLException {
        made = "made-at-" + step.toLowerCase(java.util.Locale.ROOT);
        stopping = servers().get(STAYS).ready();
        ada.signIn(Installation.ADMINISTRATOR, Installation.ADMINISTRATOR_PASSWORD);
        Visitor deleter = ada.tab();
        Visitor stopper = ada.tab();
        deleter.go("servers/" + doomed + "/delete");
        deleter.fill("Type \"" + doomed + "\" to delete it", doomed);
        Locator delete = deleter.page()
                .locator("section.decision")
                .getByRole(
                        AriaRole.BUTTON,
                        new Locator.GetByRoleOptions().setName("Delete").setExact(true));
        com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat(delete)
                .isEnabled();
        stopper.go("servers/" + STAYS);
        Visitor.await(stopper.button(stopping ? "Stop" : "Start"));
        if (stopping) {
            stopper.press("Stop");
            Visitor.await(stopper.buttonInDialog("Stop"));
        }
        ada.fillServer(made);
        CompletableFuture<String> killed = at(made, step, kill);
        delete.click();
        if (stopping) {
            stopper.pressInDialog("Stop");
        } else {
            stopper.press("Start");
        }
        ada.press("Create");
        assertThat(killed.join()).isEqualTo(step);
        deleter.page().close();
        stopper.page().close();
    }

    private void requireAllOfItDone() throws SQLException {
        patiently().until(() -> ask("select count(*) from operation where status in ('QUEUED', 'RUNNING')")
                .equals("0"));
        assertThat(ask("select count(*) from operation where status = 'FAILED'"))
                .isEqualTo("0");
        Map<String, Row> servers = servers();
        assertThat(servers.get(made).state()).isEqualTo("READY");
        assertThat(servers.get(doomed).deleted()).isTrue();
        assertThat(servers.get(STAYS).state()).isEqualTo(stopping ? "STOPPED" : "READY");
        assertNothingIsLeftOver();
        doomed = made;
    }

    /** What runs and what listens is what should, and no directory belongs to nobody. */
    private void assertNothingIsLeftOver() throws SQLException {
        Map<String, Row> servers = servers();
        patiently().untilAsserted(() -> {
            for (Row row : servers.values()) {
                assertThat(programs(row.id()))
                        .isEqualTo(row.ready() ? List.of("keeper", "keeper", "pgbouncer", "postgres") : List.of());
            }
        });
        List<Integer> listening = new ArrayList<>();
        servers.values().stream().filter(Row::ready).forEach(row -> {
            listening.add(row.pooledPort());
            listening.add(row.directPort());
        });
        assertThat(installation.serverPorts().filter(port -> !TestPlace.free(port)))
                .containsExactlyInAnyOrderElementsOf(listening);
        try (Stream<Path> directories = Files.list(installation.home().resolve("servers"))) {
            assertThat(directories.map(directory -> directory.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            servers.values().stream().map(Row::id).toList());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<String> programs(String id) {
        return commandLines().values().stream()
                .filter(line -> line.contains(id))
                .map(line -> line.split("\0")[0])
                .map(program -> program.endsWith("/sh")
                        ? "keeper"
                        : Path.of(program).getFileName().toString())
                .sorted()
                .toList();
    }

    private static Map<ProcessHandle, String> commandLines() {
        Map<ProcessHandle, String> lines = new HashMap<>();
        ProcessHandle.allProcesses().forEach(process -> {
            try {
                lines.put(process, Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline")));
            } catch (IOException gone) {
                // it has ended meanwhile
            }
        });
        return lines;
    }

    private boolean answers(int port) {
        Properties properties = new Properties();
        properties.setProperty("user", "dbadmin");
        properties.setProperty("password", password);
        properties.setProperty("sslmode", "require");
        properties.setProperty("prepareThreshold", "0");
        properties.setProperty("connectTimeout", "1");
        properties.setProperty("socketTimeout", "2");
        try (Connection connection =
                DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres", properties)) {
            return connection.createStatement().execute("select 1");
        } catch (SQLException notNow) {
            return false;
        }
    }

    private void wishRunning() throws SQLException {
        if (!servers().get(STAYS).ready()) {
            ada.signIn(Installation.ADMINISTRATOR, Installation.ADMINISTRATOR_PASSWORD);
            ada.go("servers/" + STAYS);
            ada.press("Start");
            patiently().until(() -> servers().get(STAYS).ready());
        }
    }

    @Test
    @Order(3)
    void whileThePortalIsDeadKilledProcessesAreBackWithinTwoSeconds() throws SQLException {
        wishRunning();
        Row row = servers().get(STAYS);
        killThePortal();
        for (String program : List.of("postgres", "pgbouncer")) {
            // A busy machine can make it look slower than it is, never faster: the best of three counts.
            Duration best = Stream.generate(() -> back(row, program))
                    .limit(3)
                    .filter(took -> took.compareTo(PROMISE) < 0)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(program + " took longer than " + PROMISE + " three times"));
            assertThat(best).isPositive();
        }
        assertNothingIsLeftOver();
    }

    /** How long after its end by kill -9 the program runs again; how soon it serves clients too is the machine's affair. */
    private Duration back(Row row, String program) {
        try {
            ProcessHandle before = process(STAYS, program).orElseThrow();
            long begun = System.nanoTime();
            kill(before);
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(10))
                    .atMost(Visitor.PATIENCE)
                    .until(() -> process(STAYS, program)
                            .filter(now -> !now.equals(before))
                            .isPresent());
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            patiently().until(() -> answers(row.directPort()) && answers(row.pooledPort()));
            return took;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The portal is dead since the test before, as it is after a reboot. */
    @Test
    @Order(4)
    void afterARebootWhatRanIsRunningAndWhatRestedRests() throws SQLException {
        Map<String, Row> before = servers();
        assertThat(before.get(STAYS).ready()).isTrue();
        String home = installation.home().toString();
        patiently().until(() -> {
            List<ProcessHandle> all = commandLines().entrySet().stream()
                    .filter(process -> process.getValue().contains(home)
                            || worksIn(process.getKey(), home)
                            || watches(process.getKey()))
                    .map(Map.Entry::getKey)
                    .filter(process -> process.pid() != ProcessHandle.current().pid())
                    .toList();
            all.forEach(ProcessHandle::destroyForcibly);
            return all.isEmpty();
        });
        patiently().until(() -> installation.serverPorts().allMatch(TestPlace::free));

        // What was killed a moment ago may still hold the lock of the home; after a real reboot nothing does.
        patiently()
                .atMost(Visitor.PATIENCE.multipliedBy(2))
                .until(() -> installation.howdah("run", "--detach").code() == 0);
        patiently()
                .until(() ->
                        servers().equals(before) && answers(before.get(STAYS).pooledPort()));
        assertThat(before.get(RESTS).state()).isEqualTo("STOPPED");
        assertNothingIsLeftOver();
    }

    private boolean watches(ProcessHandle process) {
        return Stream.of("run/script.pid", "run/portal.pid")
                .flatMap(file -> Installation.process(installation.home().resolve(file)).stream())
                .anyMatch(process::equals);
    }

    private static boolean worksIn(ProcessHandle process, String directory) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd"))
                    .toString()
                    .startsWith(directory);
        } catch (IOException gone) {
            return false;
        }
    }

    @Test
    @Order(5)
    void thePortalRecoversWhenItsMetadataServerIsKilled() throws Exception {
        long postmaster = Long.parseLong(Files.readAllLines(installation.home().resolve("metadata/postmaster.pid"))
                .getFirst());
        kill(ProcessHandle.of(postmaster).orElseThrow());
        patiently().ignoreExceptions().until(() -> "1".equals(ask("select 1")));
        patiently().until(() -> installation.howdah("status").code() == 0);
        ada.signIn(Installation.ADMINISTRATOR, Installation.ADMINISTRATOR_PASSWORD);
        wishRunning();
        ada.go("servers/" + STAYS);
        ada.press("Stop");
        ada.pressInDialog("Stop");
        patiently().until(() -> "STOPPED".equals(servers().get(STAYS).state()));
        assertNothingIsLeftOver();
    }
}
