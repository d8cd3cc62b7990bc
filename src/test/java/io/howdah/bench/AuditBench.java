package io.howdah.bench;

import io.howdah.audit.ManyRecords;
import io.howdah.cluster.Cluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/**
 * How long the audit log's pages take to be found among many records, as the screen asks for them, and how long it takes to
 * verify them all. It judges nothing: {@code ./howdah bench audit} shows the report.
 */
class AuditBench {

    private static final int TIMES = 40;
    private static final Duration APPENDING = Duration.ofSeconds(5);

    private final Random random = new Random(11);
    private int count;
    private Cluster.Node node;

    @Test
    void searchesAmongManyRecords() throws Exception {
        count = Integer.parseInt(System.getenv().getOrDefault("HOWDAH_BENCH_COUNT", "5000000"));
        StringBuilder report = new StringBuilder();
        try (Cluster cluster = new Cluster("bench-audit", 0)) {
            node = cluster.directNode("node-a");
            cluster.launchAll();
            node.ask("person", Map.of());
            node.kill();
            long begun = System.nanoTime();
            try (Connection owner = cluster.owner()) {
                new ManyRecords(owner).append(count);
            }
            report.append(String.format(Locale.ROOT, "%d records made in %.0f s%n", count, seconds(begun)));
            appends(cluster, report);
            cluster.launchAll();
            Figures all = new Figures();
            Map<String, IntFunction<Map<String, String>>> searches = searches();
            // The first of each kind is compiled and planned while it runs, as at a portal's first page.
            for (Map.Entry<String, IntFunction<Map<String, String>>> search : searches.entrySet()) {
                Figures one = new Figures();
                for (int i = 0; i < TIMES; i++) {
                    String[] said =
                            node.ask("search", search.getValue().apply(i)).split(" ");
                    one.add(Double.parseDouble(said[0]) / 1000);
                    all.add(Double.parseDouble(said[0]) / 1000);
                }
                report.append(String.format(
                        Locale.ROOT,
                        "%-44s median %6.1f ms, p95 %6.1f ms, longest %6.1f ms%n",
                        search.getKey(),
                        one.median() * 1000,
                        one.p95() * 1000,
                        one.longest() * 1000));
            }
            begun = System.nanoTime();
            Process verify = cluster.verifyAudit();
            String said = new String(verify.getInputStream().readAllBytes()).strip();
            report.append(String.format(Locale.ROOT, "verified in %.0f s: %s%n", seconds(begun), said));
            report.append(String.format(
                    Locale.ROOT,
                    "%naudit p95_ms=%.1f longest_ms=%.1f records=%d%n",
                    all.p95() * 1000,
                    all.longest() * 1000,
                    count));
        }
        Files.writeString(Path.of(System.getenv("HOWDAH_BENCH_REPORT")), report);
    }

    private static void appends(Cluster cluster, StringBuilder report) throws Exception {
        List<Connection> connections = new ArrayList<>();
        for (int clients : new int[] {1, 8}) {
            while (connections.size() < clients) {
                connections.add(cluster.metadata());
            }
            report.append(String.format(
                    Locale.ROOT,
                    "%d at once append %.0f records a second%n",
                    clients,
                    ManyRecords.appendsPerSecond(connections, APPENDING)));
        }
        for (Connection connection : connections) {
            connection.close();
        }
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private Map<String, IntFunction<Map<String, String>>> searches() throws IOException {
        Map<String, IntFunction<Map<String, String>>> searches = new LinkedHashMap<>();
        searches.put("the newest", i -> Map.of());
        searches.put("a page far down", i -> Map.of("before", Long.toString(number())));
        searches.put("a person", i -> Map.of("actor", person()));
        searches.put("an action", i -> Map.of("action", i % 2 == 0 ? "servers/delete" : "access/signIn"));
        searches.put("a server", i -> Map.of("target", server()));
        searches.put("what was denied", i -> Map.of("result", "DENIED"));
        searches.put("a correlation id", i -> Map.of("correlation", ManyRecords.correlation(number())));
        searches.put("a person, an action", i -> Map.of("actor", person(), "action", "servers/delete"));
        searches.put("a person, denied", i -> Map.of("actor", person(), "result", "DENIED"));
        searches.put("a day", i -> days(1));
        searches.put("a month, a person", i -> with(days(30), "actor", person()));
        searches.put("a year, a server, failed", i -> with(with(days(365), "target", server()), "result", "FAILED"));
        searches.put("a part of a name, frequent", i -> Map.of("text", "person-1"));
        searches.put("a part of a name, rare", i -> Map.of("text", "ER-" + (1900 + i)));
        searches.put("a part of an action, a month", i -> with(days(30), "text", "delete"));
        searches.put("a part of nothing", i -> Map.of("text", "no-such-thing-" + i));
        searches.put("who and what to choose from", i -> Map.of("words", "yes"));
        return searches;
    }

    private long number() {
        return 1 + random.nextInt(count);
    }

    private String person() {
        return ManyRecords.person(random.nextInt(ManyRecords.PEOPLE));
    }

    private String server() {
        return ManyRecords.server(random.nextInt(ManyRecords.SERVERS)).toString();
    }

    private Map<String, String> days(int days) {
        Instant from = Instant.now().minus(Duration.ofDays(days + random.nextInt(700)));
        return Map.of(
                "from", from.toString(), "to", from.plus(Duration.ofDays(days)).toString());
    }

    private static Map<String, String> with(Map<String, String> some, String name, String value) {
        Map<String, String> all = new LinkedHashMap<>(some);
        all.put(name, value);
        return all;
    }
}
