package io.howdah.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.TestPlace;
import io.howdah.cluster.DirectoryEngine.Entry;
import io.howdah.engine.Observation;
import io.howdah.engine.ServerKey;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** The servers of a {@link Cluster}, what is asked of them, and what must be true of them in the end. */
final class Fleet {

    private final Cluster cluster;
    private String person;
    private String team;

    Fleet(Cluster cluster) {
        this.cluster = cluster;
    }

    UUID create(Cluster.Node node, String name) throws IOException {
        if (person == null) {
            String[] words = node.ask("person", Map.of()).split(" ");
            person = words[0];
            team = words[1];
        }
        return UUID.fromString(node.ask("create", Map.of("as", person, "team", team, "name", name)));
    }

    /** Asks for something; the operation's id, or "refused" and why. */
    String ask(Cluster.Node node, String act, UUID server) throws IOException {
        return node.ask(act, Map.of("as", person, "server", server.toString()));
    }

    List<UUID> servers() throws SQLException {
        return cluster.rows("select id from server order by name").stream()
                .map(row -> (UUID) row.get("id"))
                .toList();
    }

    UUID server(String name) throws SQLException {
        return (UUID) cluster.rows("select id from server where name = ?", name)
                .getFirst()
                .get("id");
    }

    String status(UUID operation) throws SQLException {
        return cluster.rows("select status from operation where id = ?", operation)
                .getFirst()
                .get("status")
                .toString();
    }

    void awaitQuiet(Duration limit) {
        Awaitility.await("every operation has ended")
                .ignoreExceptions()
                .atMost(limit)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> cluster.count("operation where ended_at is null") == 0);
    }

    /** What is wished, what was observed and what the engine's files say are one; waits for the reconcile job to see it. */
    void awaitAsWished(Duration limit) {
        Awaitility.await("wished, observed and real are the same")
                .ignoreExceptionsInstanceOf(SQLException.class)
                .atMost(limit)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> {
                    DirectoryEngine engine = new DirectoryEngine(cluster.directory(), "test", 0);
                    for (Map<String, Object> row :
                            cluster.rows("select id, name, wished, state, pooled_port from server")) {
                        boolean run = row.get("wished").equals("RUNNING");
                        assertThat(row.get("state"))
                                .as(row.get("name").toString())
                                .isEqualTo(run ? "READY" : "STOPPED");
                        assertThat(runs(row, engine))
                                .as(row.get("name").toString())
                                .isEqualTo(run);
                    }
                });
    }

    private static boolean runs(Map<String, Object> row, DirectoryEngine engine) {
        if (row.get("name").toString().startsWith(ClusterParts.REAL)) {
            return !TestPlace.free((Integer) row.get("pooled_port"));
        }
        return engine.observe(new ServerKey((UUID) row.get("id"))).state() == Observation.State.RUNNING;
    }

    /** No two nodes were ever at one server at the same time; a call that a killed node began ended with that node. */
    void requireOneNodeAtATime() throws IOException {
        Map<UUID, List<Entry>> calls = DirectoryEngine.diary(cluster.directory()).stream()
                .filter(entry -> entry.ended() != null && entry.begun() > 0)
                .collect(Collectors.groupingBy(Entry::server));
        assertThat(calls).isNotEmpty();
        calls.forEach((server, entries) -> {
            List<Entry> ordered = entries.stream()
                    .sorted(Comparator.comparingLong(Entry::begun))
                    .toList();
            for (int i = 1; i < ordered.size(); i++) {
                Entry before = ordered.get(i - 1);
                Entry after = ordered.get(i);
                assertThat(before.ended() <= after.begun() || before.node().equals(after.node()))
                        .as(before + " and " + after)
                        .isTrue();
            }
        });
    }

    /** Each accepted request has one record of its asking, and each ended operation one of its end. */
    void requireCompleteAudit() throws SQLException {
        requireEndsOnRecord();
        assertThat(cluster.rows("""
                        select o.id, o.kind from operation o
                        where o.requested_by <> 'howdah' and (
                            select count(*) from audit_record a
                            where a.correlation_id = o.correlation_id and a.target_id = o.subject_id
                              and a.result = 'ACCEPTED') <> 1""")).isEmpty();
    }

    /** Each ended operation has one record of its end, and the chain is whole. */
    void requireEndsOnRecord() throws SQLException {
        assertThat(cluster.rows("""
                        select o.id, o.kind, o.status from operation o
                        where o.ended_at is not null and (
                            select count(*) from audit_record a
                            where a.correlation_id = o.correlation_id and a.target_id = o.subject_id
                              and a.result in ('SUCCEEDED', 'FAILED', 'CANCELLED')) <> 1""")).isEmpty();
        assertThat(cluster.rows("""
                        select a.number from audit_record a join audit_record b on b.number = a.number - 1
                        where a.previous_hash <> b.hash""")).isEmpty();
    }
}
