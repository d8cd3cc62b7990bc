package io.howdah.bench;

import io.howdah.access.Caller;
import io.howdah.server.ServerService;
import jakarta.inject.Inject;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.naming.InitialContext;
import javax.sql.DataSource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How long the product takes to create, stop, start and restart a server, beside the same done by hand in the same
 * minutes on the same machine. The product is measured from the request at its service to the end of the operation and an
 * established TLS connection to the pooled endpoint; its creation also makes the administrator and a database and waits
 * for the disk, which the raw tools here don't. It judges nothing: {@code ./howdah bench create} shows the report.
 */
@ArquillianTest
class CreateBench {

    private static final List<String> ACTS = List.of("create", "stop", "start", "restart");
    private static final double CREATE_P95 = 3.0;
    private static final double CREATE_OVERHEAD = 1.0;
    private static final double OVERHEAD = 0.5;

    @Inject
    private ServerService service;

    private final Path home = Path.of(System.getenv("HOWDAH_HOME"));
    private final List<UUID> operations = new ArrayList<>();
    private DataSource metadata;
    private Endpoint endpoint;
    private Caller caller;
    private UUID team;

    @Deployment
    static WebArchive product() {
        return ShrinkWrap.create(ZipImporter.class, "howdah-bench.war")
                .importFrom(new File("target/howdah.war"))
                .as(WebArchive.class)
                .addPackage(CreateBench.class.getPackage());
    }

    @Test
    void createBesideTheRawTools() throws Exception {
        int count = Integer.parseInt(System.getenv().getOrDefault("HOWDAH_BENCH_COUNT", "5"));
        metadata = InitialContext.doLookup("jdbc/howdah");
        endpoint = new Endpoint(home.resolve("ca.crt"));
        Owner owner = Owner.register(metadata);
        caller = owner.caller();
        team = owner.team();
        // The first of each kind is for warming up. The product's stays, stopped, as the model of those made by hand.
        PortalServer model = measureProduct("model", figures());
        Path like = model.directory(home);
        int port = model.pooledPort();
        List<Path> programs = programs(like);
        model.stop();
        measureRaw(like, port, programs, figures());
        operations.clear();
        Map<String, Figures> product = figures();
        Map<String, Figures> raw = figures();
        double loadBefore = load();
        for (int i = 0; i < count; i++) {
            if (i % 2 == 1) {
                measureRaw(like, port, programs, raw);
            }
            measureProduct("bench-" + i, product).remove();
            if (i % 2 == 0) {
                measureRaw(like, port, programs, raw);
            }
        }
        Files.writeString(Path.of(System.getenv("HOWDAH_BENCH_REPORT")), report(count, product, raw, loadBefore));
        model.remove();
        try (Stream<Path> left = Files.list(home.resolve("servers"))) {
            Assertions.assertEquals(List.of(), left.toList());
        }
    }

    private PortalServer measureProduct(String name, Map<String, Figures> into) throws Exception {
        PortalServer server = new PortalServer(service, metadata, caller, team, name);
        into.get("create").time(() -> {
            operations.add(server.create());
            endpoint.await(server.pooledPort());
        });
        server.requireLogin(home.resolve("ca.crt"));
        int port = server.pooledPort();
        server.calm();
        settle(server::restart);
        into.get("stop").time(() -> operations.add(server.stop()));
        into.get("start").time(() -> {
            operations.add(server.start());
            endpoint.await(port);
        });
        into.get("restart").time(() -> {
            operations.add(server.restart());
            endpoint.await(port);
        });
        server.requireLogin(home.resolve("ca.crt"));
        return server;
    }

    private void measureRaw(Path like, int likePort, List<Path> programs, Map<String, Figures> into) throws Exception {
        String range = System.getenv("HOWDAH_SERVER_PORTS");
        int port = Integer.parseInt(range.substring(range.indexOf('-') + 1)) - 1;
        JsonNode state = JsonMapper.shared().readTree(Files.readString(like.resolve("server.json")));
        RawServer server = new RawServer(
                home.resolve("raw"),
                like.resolve("1"),
                likePort,
                state.get("sockets").asString(),
                programs.get(0).getParent(),
                programs.get(1),
                port,
                state.get("user").isNull() ? null : "howdah");
        into.get("create").time(() -> {
            into.get("initdb").time(server::initialise);
            server.start();
            endpoint.await(port);
        });
        settle(server::restart);
        into.get("stop").time(server::stop);
        into.get("start").time(() -> {
            server.start();
            endpoint.await(port);
        });
        into.get("restart").time(() -> {
            server.restart();
            endpoint.await(port);
        });
        server.remove();
    }

    /** The first shutdown writes down what creating left in memory, which is more where a database was created too. */
    private static void settle(Runnable firstShutdown) {
        firstShutdown.run();
    }

    /** The PostgreSQL and the PgBouncer that a running server of the product consists of. */
    private static List<Path> programs(Path server) {
        return Stream.of("postgres", "pgbouncer")
                .map(name -> {
                    try {
                        String mark = Files.readString(server.resolve("1/run/" + name + ".pid"));
                        return Path.of("/proc", mark.split(" ")[0], "exe").toRealPath();
                    } catch (java.io.IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                })
                .toList();
    }

    private static Map<String, Figures> figures() {
        return Stream.concat(ACTS.stream(), Stream.of("initdb"))
                .collect(Collectors.toMap(act -> act, act -> new Figures()));
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private String report(int count, Map<String, Figures> product, Map<String, Figures> raw, double loadBefore)
            throws SQLException {
        StringBuilder text = new StringBuilder(text(
                "%d servers, one after another, on %d cores; load average %.1f before, %.1f after; seconds%n%n",
                count, Runtime.getRuntime().availableProcessors(), loadBefore, load()));
        text.append(
                text("%-8s %10s %7s %10s %7s %9s %9s%n", "", "product", "p95", "raw", "p95", "overhead", "allowed"));
        for (String act : ACTS) {
            text.append(text(
                    "%-8s %10.2f %7.2f %10.2f %7.2f %9.2f %9.2f%n",
                    act,
                    product.get(act).median(),
                    product.get(act).p95(),
                    raw.get(act).median(),
                    raw.get(act).p95(),
                    overhead(act, product, raw),
                    act.equals("create") ? CREATE_OVERHEAD : OVERHEAD));
        }
        text.append(text(
                "%np95 of create: %.1f allowed. Of the raw tools' create, initdb takes %.2f.%n"
                        + "%nWhere the product's time goes, median and slowest of each step:%n",
                CREATE_P95, raw.get("initdb").median()));
        text.append(StepTimes.of(metadata, operations));
        text.append(text(
                "%ncreate ratio=%.2f p95_s=%.2f overhead_s=%.2f%n",
                product.get("create").median() / raw.get("create").median(),
                product.get("create").p95(),
                overhead("create", product, raw)));
        return text.toString();
    }

    private static double overhead(String act, Map<String, Figures> product, Map<String, Figures> raw) {
        return product.get(act).median() - raw.get(act).median();
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
