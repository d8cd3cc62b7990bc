package io.howdah.bench;

import io.howdah.scaling.ScalingService;
import io.howdah.server.ServerService;
import jakarta.inject.Inject;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.naming.InitialContext;
import javax.sql.DataSource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What clients notice when a server goes up and down through four sizes under load, beside a raw restart behind PAUSE, with
 * the same settings and load, in the same minutes. For each change the longest transaction counts that was under way.
 * Changes that leave the memory as it is, and so need no restart, are measured apart. It judges nothing: {@code ./howdah bench scale} shows the report.
 */
@ArquillianTest
class ScaleBench {

    private static final List<String> LADDER = List.of("H0.25", "H0.5", "H1", "Standard_B1ms");
    /** Of one memory. */
    private static final List<String> IN_PLACE = List.of("Standard_B2ms", "Standard_D2ds_v5");

    private static final int CHANGES_IN_PLACE = 10;
    private static final double IN_PLACE_MOST = 0.5;
    private static final double P50 = 0.7;
    private static final double P99 = 2.0;
    private static final int BREATH_MILLIS = 1_000;

    /** So long before and after a restart is compared, to tell what cold memory costs. */
    private static final int WARM_MILLIS = 10_000;

    /** A piece of time in which something was changed, in milliseconds of the epoch. */
    private record Change(String what, long begun, long ended) {}

    /**
     * The time after a restart beside the same time before it: pages found in memory, and when the later one began, in
     * milliseconds of the epoch.
     */
    private record Warmth(String size, double hitsBefore, double hitsAfter, long restarted) {}

    @Inject
    private ServerService service;

    @Inject
    private ScalingService scaling;

    private final Path home = Path.of(System.getenv("HOWDAH_HOME"));
    private DataSource metadata;

    @Deployment
    static WebArchive product() {
        return ShrinkWrap.create(ZipImporter.class, "howdah-bench.war")
                .importFrom(new File("target/howdah.war"))
                .as(WebArchive.class)
                .addPackage(ScaleBench.class.getPackage());
    }

    @Test
    void scaleBesideARawRestart() throws Exception {
        int count = Integer.parseInt(System.getenv().getOrDefault("HOWDAH_BENCH_COUNT", "12"));
        metadata = InitialContext.doLookup("jdbc/howdah");
        Owner owner = Owner.register(metadata);
        PortalServer server = new PortalServer(service, metadata, owner.caller(), owner.team(), "scaled");
        server.create();
        server.calm();
        server.scale(scaling, LADDER.getFirst());
        Path directory = server.directory(home);
        Path tools = program(directory, "postgres").getParent();
        RawServer raw = raw(directory, server.pooledPort(), tools);
        Path authority = home.resolve("ca.crt");
        List<Change> changes = new ArrayList<>();
        List<Change> inPlace = new ArrayList<>();
        List<Change> restarts = new ArrayList<>();
        double loadBefore = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        PgBench load = server.load(tools.resolve("pgbench"), home.resolve("load"), authority);
        load.initialise();
        load.begin();
        Warmth warmth;
        try (load) {
            Thread.sleep(2L * BREATH_MILLIS);
            for (int i = 0; i < count; i++) {
                String size = LADDER.get(step(i + 1));
                changes.add(timed(size, () -> server.scale(scaling, size)));
                Thread.sleep(BREATH_MILLIS);
            }
            warmth = warmth(server, LADDER.get(step(count + 1)));
            server.scale(scaling, IN_PLACE.getLast());
            for (int i = 0; i < CHANGES_IN_PLACE; i++) {
                Thread.sleep(BREATH_MILLIS);
                String size = IN_PLACE.get(i % IN_PLACE.size());
                inPlace.add(timed(size, () -> server.scale(scaling, size)));
            }
        }
        PgBench rawLoad = raw.load(tools, home.resolve("raw-load"), authority);
        rawLoad.initialise();
        rawLoad.begin();
        try (rawLoad) {
            Thread.sleep(2L * BREATH_MILLIS);
            for (int i = 0; i < count; i++) {
                restarts.add(timed("restart", raw::restartBehindPause));
                Thread.sleep(BREATH_MILLIS);
            }
        }
        Files.writeString(
                Path.of(System.getenv("HOWDAH_BENCH_REPORT")),
                report(load, changes, inPlace, warmth, rawLoad, restarts, loadBefore));
        raw.remove();
        server.remove();
    }

    /** Up the ladder and down again. */
    private static int step(int i) {
        int period = 2 * (LADDER.size() - 1);
        int place = i % period;
        return place < LADDER.size() ? place : period - place;
    }

    private static Change timed(String what, Figures.Act act) throws Exception {
        long begun = System.currentTimeMillis();
        act.run();
        return new Change(what, begun, System.currentTimeMillis());
    }

    private Warmth warmth(PortalServer server, String size) throws Exception {
        PortalServer.Pages begun = server.pages();
        Thread.sleep(WARM_MILLIS);
        PortalServer.Pages before = server.pages();
        server.scale(scaling, size);
        long restarted = System.currentTimeMillis();
        PortalServer.Pages after = server.pages();
        Thread.sleep(WARM_MILLIS);
        return new Warmth(size, before.hitRatioSince(begun), server.pages().hitRatioSince(after), restarted);
    }

    private RawServer raw(Path directory, int pooledPort, Path tools) throws IOException {
        String range = System.getenv("HOWDAH_SERVER_PORTS");
        int port = Integer.parseInt(range.substring(range.indexOf('-') + 1)) - 1;
        JsonNode state = JsonMapper.shared().readTree(Files.readString(directory.resolve("server.json")));
        RawServer raw = new RawServer(
                home.resolve("raw"),
                directory.resolve("1"),
                pooledPort,
                state.get("sockets").asString(),
                tools,
                program(directory, "pgbouncer"),
                port,
                state.get("user").isNull() ? null : "howdah");
        raw.initialise();
        raw.start();
        return raw;
    }

    private static Path program(Path directory, String name) throws IOException {
        String mark = Files.readString(directory.resolve("1/run/" + name + ".pid"));
        return Path.of("/proc", mark.split(" ")[0], "exe").toRealPath();
    }

    private static Figures stalls(PgBench load, List<Change> changes) throws IOException {
        List<PgBench.Transaction> transactions = load.transactions();
        Figures stalls = new Figures();
        for (Change change : changes) {
            stalls.add(transactions.stream()
                            .filter(one -> one.endedMillis() >= change.begun()
                                    && one.endedMillis() - one.tookMillis() <= change.ended())
                            .mapToDouble(PgBench.Transaction::tookMillis)
                            .max()
                            .orElseThrow(() -> new IllegalStateException("no transaction during " + change))
                    / 1_000);
        }
        return stalls;
    }

    private static String report(
            PgBench load,
            List<Change> changes,
            List<Change> inPlace,
            Warmth warmth,
            PgBench rawLoad,
            List<Change> restarts,
            double loadBefore)
            throws IOException {
        Figures product = stalls(load, changes);
        Figures raw = stalls(rawLoad, restarts);
        StringBuilder text = new StringBuilder(text(
                "%d changes through %s and back, pgbench TPC-B with %d clients through the pooler, on %d cores;%n"
                        + "load average %.1f before; seconds, the longest transaction of each change%n%n",
                changes.size(),
                String.join(", ", LADDER),
                PgBench.CLIENTS,
                Runtime.getRuntime().availableProcessors(),
                loadBefore));
        text.append(text("%-22s %8s %8s %8s %8s%n", "", "p50", "p99", "longest", "failed"));
        text.append(line("product", product, load.failed()));
        text.append(line("raw restart, PAUSE", raw, rawLoad.failed()));
        text.append(text(
                "%nAllowed: 0 failed, p50 %.1f, p99 %.1f. Transactions: %d and %d.%n",
                P50, P99, load.transactions().size(), rawLoad.transactions().size()));
        double slowest = changes.stream()
                .mapToLong(change -> change.ended() - change.begun())
                .max()
                .orElse(0);
        text.append(text("The slowest change took %.2f from its request to its end.%n", slowest / 1_000));
        Figures durations = new Figures();
        inPlace.forEach(change -> durations.add((change.ended() - change.begun()) / 1_000.0));
        Figures waits = stalls(load, inPlace);
        text.append(text(
                "%d changes between %s, which need no restart: %.2f from request to end (p50), %.2f (longest; allowed"
                        + " %.1f); the longest transaction meanwhile took %.2f (p50), %.2f (longest).%n",
                inPlace.size(),
                String.join(" and ", IN_PLACE),
                durations.median(),
                durations.longest(),
                IN_PLACE_MOST,
                waits.median(),
                waits.longest()));
        double tpsBefore = perSecond(load, changes.getLast().ended(), warmth.restarted());
        double tpsAfter = perSecond(load, warmth.restarted(), warmth.restarted() + WARM_MILLIS);
        text.append(text(
                "The first %d s after the restart for %s: %.0f transactions/s (%.0f before), %.1f %% of the pages in"
                        + " memory (%.1f %% before).%n",
                WARM_MILLIS / 1_000,
                warmth.size(),
                tpsAfter,
                tpsBefore,
                100 * warmth.hitsAfter(),
                100 * warmth.hitsBefore()));
        text.append(text(
                "%nscale failed_tx=%d stall_p50_s=%.2f stall_p99_s=%.2f ratio=%.2f%n",
                load.failed(), product.median(), product.p99(), product.median() / raw.median()));
        return text.toString();
    }

    private static double perSecond(PgBench load, long from, long until) throws IOException {
        long ended = load.transactions().stream()
                .filter(one -> one.endedMillis() >= from && one.endedMillis() < until)
                .count();
        return ended * 1_000.0 / (until - from);
    }

    private static String line(String who, Figures stalls, long failed) {
        return text("%-22s %8.2f %8.2f %8.2f %8d%n", who, stalls.median(), stalls.p99(), stalls.longest(), failed);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
