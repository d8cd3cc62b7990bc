package io.howdah.bench;

import io.howdah.cluster.Cluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * How many operations two nodes take to their end in a second, on many servers of an engine that costs next to nothing,
 * and how long one waits for its first step when they come at an even pace. Also what it costs to compare the fleet with
 * its wishes. It judges nothing: {@code ./howdah bench operations} shows the report.
 */
class OperationsBench {

    private static final int REQUESTERS = 8;
    private static final int PACE_PER_SECOND = 50;
    private static final int PACED_SECONDS = 20;
    private static final int SATURATING = 2_000;

    private final List<UUID> servers = new ArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();
    private Cluster cluster;
    private String person;

    @Test
    void operationsOfAThousandServersOnTwoNodes() throws Exception {
        int count = Integer.parseInt(System.getenv().getOrDefault("HOWDAH_BENCH_COUNT", "1000"));
        StringBuilder report = new StringBuilder();
        try (Cluster made = new Cluster("bench-operations", 0)) {
            cluster = made;
            made.directNode("node-a");
            made.directNode("node-b");
            made.launchAll();
            double start = used().toMillis() / 2000.0;
            create(count);
            restart(REQUESTERS * 50);
            Duration usedBefore = used();
            long begun = System.nanoTime();
            restart(SATURATING);
            double took = seconds(begun);
            double rate = SATURATING / took;
            report.append(String.format(Locale.ROOT, "a node's start: %.1f s of CPU%n", start));
            report.append(String.format(
                    Locale.ROOT,
                    "%d servers, 2 nodes, %d requesters; %d restarts in %.1f s, each %.1f ms of CPU in the nodes%n",
                    count,
                    REQUESTERS,
                    SATURATING,
                    took,
                    (double) used().minus(usedBefore).toMillis() / SATURATING));
            Figures waited = paced();
            report.append(String.format(
                    Locale.ROOT,
                    "%d restarts a second for %d s: request to first step median %.0f ms, p95 %.0f ms%n",
                    PACE_PER_SECOND,
                    PACED_SECONDS,
                    waited.median() * 1000,
                    waited.p95() * 1000));
            report.append(String.format(
                    Locale.ROOT,
                    "at rest, both nodes together: %.1f %% of one core, reconcile included%n",
                    100 * resting(Duration.ofSeconds(30))));
            report.append(String.format(
                    Locale.ROOT, "%noperations rate_per_s=%.1f first_step_p95_ms=%.0f%n", rate, waited.p95() * 1000));
        }
        Files.writeString(Path.of(System.getenv("HOWDAH_BENCH_REPORT")), report);
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private void create(int count) throws Exception {
        String[] words = cluster.nodes().getFirst().ask("person", Map.of()).split(" ");
        person = words[0];
        side(count, number -> cluster.nodes()
                .get(number % 2)
                .ask("create", Map.of("as", person, "team", words[1], "name", "fleet-" + number)));
        awaitQuiet();
        for (Map<String, Object> row : cluster.rows("select id from server where state = 'READY'")) {
            servers.add((UUID) row.get("id"));
        }
        if (servers.size() != count) {
            throw new AssertionError(servers.size() + " of " + count + " servers are ready");
        }
    }

    private void restart(int count) throws Exception {
        side(count, number -> restartNext());
        awaitQuiet();
    }

    private String restartNext() throws IOException {
        int number = turn.getAndIncrement();
        return cluster.nodes()
                .get(number % 2)
                .ask(
                        "restart",
                        Map.of(
                                "as",
                                person,
                                "server",
                                servers.get(number % servers.size()).toString()));
    }

    /** Over one connection: to sign in at each look would cost as much as some operations. */
    private void awaitQuiet() throws SQLException {
        try (Connection connection = cluster.metadata();
                Statement statement = connection.createStatement()) {
            Awaitility.await()
                    .atMost(Duration.ofMinutes(10))
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> {
                        try (ResultSet row =
                                statement.executeQuery("select count(*) from operation where ended_at is null")) {
                            row.next();
                            return row.getInt(1) == 0;
                        }
                    });
        }
    }

    /** As measured by the database alone: from the request's row to the row of its first step. */
    private Figures paced() throws Exception {
        Object last = cluster.rows("select max(number) as n from operation")
                .getFirst()
                .get("n");
        long begun = System.nanoTime();
        side(PACE_PER_SECOND * PACED_SECONDS, number -> {
            long due = begun + number * 1_000_000_000L / PACE_PER_SECOND;
            long early = due - System.nanoTime();
            if (early > 0) {
                java.util.concurrent.locks.LockSupport.parkNanos(early);
            }
            return restartNext();
        });
        awaitQuiet();
        Figures waited = new Figures();
        for (Map<String, Object> row : cluster.rows("""
                select extract(epoch from min(s.started_at) - o.requested_at)::float8 as s
                from operation o join operation_step s on s.operation_id = o.id
                where o.number > ? group by o.id, o.requested_at""", last)) {
            waited.add((Double) row.get("s"));
        }
        return waited;
    }

    private double resting(Duration pause) throws InterruptedException {
        Duration before = used();
        Thread.sleep(pause.toMillis());
        return (double) used().minus(before).toMillis() / pause.toMillis();
    }

    private Duration used() {
        return cluster.nodes().stream().map(Cluster.Node::cpu).reduce(Duration.ZERO, Duration::plus);
    }

    private interface Request {
        String send(int number) throws IOException, SQLException;
    }

    private static void side(int count, Request request) throws Exception {
        AtomicInteger next = new AtomicInteger();
        try (ExecutorService requesters = Executors.newFixedThreadPool(REQUESTERS)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < REQUESTERS; i++) {
                all.add(requesters.submit(() -> {
                    for (int number = next.getAndIncrement(); number < count; number = next.getAndIncrement()) {
                        request.send(number);
                    }
                    return null;
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        }
    }
}
