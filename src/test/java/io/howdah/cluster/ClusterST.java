package io.howdah.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.cluster.DirectoryEngine.Entry;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Two portal nodes on one metadata database, the clock of one of them 30 s ahead: each step is run by one of them, and
 * one that dies or is cut off is replaced by the other.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Order(6)
class ClusterST {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    /** A lease at its longest, and the time until somebody looks. */
    private static final Duration TAKEOVER = Duration.ofSeconds(75);

    private static final int SLOWNESS_MILLIS = 1_500;

    private Cluster cluster;
    private Fleet fleet;
    private Cluster.Node a;
    private Cluster.Node b;

    @BeforeAll
    void startTwoNodesOnAnEmptyStore() throws IOException {
        cluster = new Cluster("cluster", SLOWNESS_MILLIS);
        a = cluster.node("node-a");
        b = cluster.node("node-b", List.of("faketime", "-f", "+30s"));
        fleet = new Fleet(cluster);
        cluster.launchAll();
    }

    @AfterAll
    void stop() throws IOException {
        cluster.close();
    }

    @AfterEach
    void mendTheWires() {
        cluster.nodes().forEach(Cluster.Node::mend);
    }

    @Test
    @Order(1)
    void twoNodesThatBootAtOnceOnAnEmptyStoreMakeEveryJobOnce() throws SQLException {
        assertThat(cluster.rows("select job_name from qrtz_triggers group by job_name, job_group having count(*) > 1"))
                .isEmpty();
        assertThat(cluster.count("qrtz_triggers")).isPositive();
        assertThat(cluster.count("flyway_schema_history where not success")).isZero();
        // A clock that is off would make Quartz take the other node for dead.
        Awaitility.await().atMost(PATIENCE).until(() -> cluster.count("qrtz_scheduler_state") == 1);
    }

    @Test
    @Order(2)
    void whatBothAreAskedForHappensOnceEach() throws Exception {
        for (int i = 0; i < 12; i++) {
            fleet.create(i % 2 == 0 ? a : b, "fleet-" + i);
        }
        fleet.awaitQuiet(PATIENCE);
        for (UUID server : fleet.servers()) {
            fleet.ask(a, "restart", server);
            fleet.ask(b, "stop", server);
            fleet.ask(a, "start", server);
        }
        fleet.awaitQuiet(PATIENCE);
        assertThat(cluster.rows("select kind, problem_message, detail from operation where status <> 'SUCCEEDED'"))
                .isEmpty();
        assertThat(DirectoryEngine.diary(cluster.directory()))
                .extracting(Entry::node)
                .contains("node-a", "node-b");
        fleet.awaitAsWished(PATIENCE);
        fleet.requireOneNodeAtATime();
    }

    /** Asks for stops and starts until the node holds one of them that is under way: the other may be quicker. */
    private UUID heldBy(Cluster.Node node) {
        List<UUID> asked = new ArrayList<>();
        return Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> askedAndHeldBy(node, asked), Objects::nonNull);
    }

    private UUID askedAndHeldBy(Cluster.Node node, List<UUID> asked) throws Exception {
        for (Map<String, Object> server : cluster.rows("select id, wished from server order by name")) {
            String act = server.get("wished").equals("RUNNING") ? "stop" : "start";
            String answer = fleet.ask(node, act, (UUID) server.get("id"));
            if (!answer.startsWith("refused")) {
                asked.add(UUID.fromString(answer));
            }
            for (Map<String, Object> row : cluster.rows(
                    "select id from operation where status = 'RUNNING' and lease_owner is not null and node = ?",
                    node.name)) {
                if (asked.contains(row.get("id"))) {
                    return (UUID) row.get("id");
                }
            }
        }
        return null;
    }

    @Test
    @Order(3)
    void aNodeKilledInTheMiddleOfAStepIsReplacedAfterItsLease() throws Exception {
        UUID held = heldBy(a);
        a.kill();
        Awaitility.await().atMost(TAKEOVER).until(() -> fleet.status(held).equals("SUCCEEDED"));
        fleet.awaitQuiet(PATIENCE);
        fleet.awaitAsWished(PATIENCE);
        assertThat(cluster.count("operation where status <> 'SUCCEEDED'")).isZero();
        a.launch();
        a.awaitReady();
        fleet.requireOneNodeAtATime();
    }

    @Test
    @Order(4)
    void aNodeCutOffFromTheDatabaseStopsActingBeforeItsLeaseEnds() throws Exception {
        UUID held = heldBy(a);
        a.cut();
        long cut = System.nanoTime();
        Awaitility.await().atMost(TAKEOVER).until(() -> fleet.status(held).equals("SUCCEEDED"));
        fleet.awaitQuiet(PATIENCE);
        long lastCall = DirectoryEngine.diary(cluster.directory()).stream()
                .filter(entry -> entry.node().equals("node-a"))
                .mapToLong(Entry::begun)
                .max()
                .orElseThrow();
        assertThat(Duration.ofNanos(lastCall - cut)).isLessThan(Duration.ofSeconds(30));
        fleet.requireOneNodeAtATime();
        a.mend();
        a.awaitReady();
        fleet.awaitAsWished(PATIENCE);
        assertThat(cluster.count("operation where status <> 'SUCCEEDED'")).isZero();
    }

    @Test
    @Order(5)
    void aMetadataServerThatIsAwayForAWhileCostsNothingButTheWait() throws Exception {
        heldBy(b);
        cluster.killMetadata();
        Awaitility.await().atMost(PATIENCE).until(() -> !a.ready() && !b.ready());
        assertThat(a.page()).startsWith("503 ").contains("Howdah cannot reach its own database.");
        cluster.startMetadata();
        a.awaitReady();
        b.awaitReady();
        fleet.awaitQuiet(PATIENCE);
        fleet.awaitAsWished(PATIENCE);
        fleet.requireOneNodeAtATime();
        fleet.requireCompleteAudit();
        assertThat(cluster.count("operation where status <> 'SUCCEEDED'")).isZero();
    }

    @Test
    @Order(6)
    void aStandingJobWhoseNodeIsKilledIsOnRecordAsBrokenOffAndRunsAgain() throws Exception {
        HeldJob.hold(cluster.directory());
        // The other node's clock is wrong, so this one keeps time.
        Awaitility.await().atMost(PATIENCE).until(() -> HeldJob.diary(cluster.directory())
                .equals(List.of("begin node-a")));
        b.kill();
        b.setClockRight();
        b.launch();
        b.awaitReady();
        a.kill();
        HeldJob.letGo(cluster.directory());
        Awaitility.await()
                .atMost(TAKEOVER)
                .ignoreExceptions()
                .until(() -> jobRuns("SUCCEEDED", "node-b").size() == 1);
        assertThat(jobRuns("FAILED", "node-a")).singleElement().satisfies(run -> assertThat(run.get("note"))
                .isEqualTo("The node node-a ended in the middle of it."));
        assertThat(jobRuns("RUNNING", "node-a")).isEmpty();
        assertThat(HeldJob.diary(cluster.directory())).containsExactly("begin node-a");
    }

    private List<Map<String, Object>> jobRuns(String result, String node) throws SQLException {
        return cluster.rows(
                "select note from job_run where job = ? and result = ? and node = ?", HeldJob.NAME, result, node);
    }

    @Test
    @Order(7)
    void aScheduleWhoseNodeIsKilledAsItRunsIsTakenUpAndRunsOnce() throws Exception {
        fleet.create(b, "scheduled");
        fleet.awaitQuiet(PATIENCE);
        UUID made = fleet.server("scheduled");
        UUID schedule = UUID.fromString(fleet.ask(b, "schedule", made));
        try (Connection holding = cluster.metadata()) {
            // Whoever runs the schedule has to wait for its server's row.
            holding.setAutoCommit(false);
            try (Statement hold = holding.createStatement()) {
                hold.execute("set idle_in_transaction_session_timeout = 0");
                hold.execute("select id from server where id = '" + made + "' for update");
            }
            comesDue(schedule, b);
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> cluster.count(
                                    "qrtz_fired_triggers where job_name = ? and state = 'EXECUTING'",
                                    schedule.toString())
                            == 1);
            b.kill();
            assertThat(runs(schedule)).isEmpty();
            a.launch();
            holding.rollback();
        }
        a.awaitReady();
        Awaitility.await().atMost(TAKEOVER).until(() -> runs(schedule).equals(List.of("SUCCEEDED")));
        assertThat(restartsOf(made)).isEqualTo(1);
        assertThat(cluster.rows("select next_due from schedule where id = ? and next_due > now()", schedule))
                .hasSize(1);

        comesDue(schedule, a);

        Awaitility.await().atMost(PATIENCE).until(() -> runs(schedule).equals(List.of("SUCCEEDED", "SUCCEEDED")));
        assertThat(restartsOf(made)).isEqualTo(2);
        fleet.requireOneNodeAtATime();
        fleet.requireEndsOnRecord();
    }

    private void comesDue(UUID schedule, Cluster.Node keeper) throws Exception {
        cluster.change("update schedule set next_due = date_trunc('second', now()) where id = ?", schedule);
        keeper.ask("mend", Map.of());
    }

    private List<Object> runs(UUID schedule) throws SQLException {
        return cluster
                .rows("select result from schedule_run where schedule_id = ? order by planned_at", schedule)
                .stream()
                .map(run -> run.get("result"))
                .toList();
    }

    private long restartsOf(UUID server) throws SQLException {
        return cluster.count("operation where kind = 'server-restart' and subject_id = ?", server);
    }
}
