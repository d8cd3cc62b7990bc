package io.howdah.cluster;

import io.howdah.TestPlace;
import io.howdah.container.Product;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;

/**
 * Several portal nodes, each an Open Liberty process of its own, on one metadata server and one shared engine. A test
 * asks them through their {@link ClusterDoor}, kills them, and cuts their {@link Wire} to the database.
 */
public final class Cluster implements AutoCloseable {

    private static final Path CHECKOUT = Paths.get("").toAbsolutePath();
    private static final Path BUILT = CHECKOUT.resolve("target/liberty/wlp");
    private static final int PORTS = 100;
    private static final int SERVER_PORTS = 20;
    private static final Duration READY = Duration.ofSeconds(150);
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    private final Path place;
    private final Path home;
    private final Path liberty;
    private final int firstPort;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final List<Node> nodes = new ArrayList<>();

    /** One node. */
    public final class Node {

        final String name;
        private final int number;
        private final int httpPort;
        private final Wire wire;
        private final int wirePort;
        private List<String> before;
        private final boolean direct;
        private Process process;

        private Node(String name, int number, List<String> before, boolean direct) throws IOException {
            this.name = name;
            this.number = number;
            this.before = before;
            this.direct = direct;
            httpPort = firstPort + 10 + number;
            wirePort = firstPort + 20 + number;
            wire = new Wire(wirePort, firstPort);
        }

        /** A home of its own, with the secrets that all share. */
        private Path nodeHome() {
            Path own = place.resolve("home-" + name);
            try {
                if (!Files.exists(own)) {
                    Files.createDirectories(own);
                    Files.createSymbolicLink(own.resolve("secrets"), home.resolve("secrets"));
                    Files.createSymbolicLink(own.resolve("ca.crt"), home.resolve("ca.crt"));
                }
                return own;
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        /** Starts it without waiting until it is ready. */
        public void launch() {
            Path log = place.resolve("log-" + name);
            List<String> command = new ArrayList<>(before);
            command.addAll(List.of(BUILT.resolve("bin/server").toString(), "run", "cluster"));
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            place.resolve("console-" + name).toFile()));
            Map<String, String> environment = builder.environment();
            environment.keySet().removeIf(key -> key.startsWith("HOWDAH_"));
            environment.putAll(settings);
            environment.put("HOWDAH_HOME", nodeHome().toString());
            environment.put("HOWDAH_NODE", name);
            environment.put("HOWDAH_HTTP_PORT", Integer.toString(httpPort));
            environment.put("HOWDAH_HTTPS_PORT", Integer.toString(httpPort + 20));
            environment.put("HOWDAH_METADATA_PORT", Integer.toString(direct ? firstPort : wirePort));
            environment.put("HOWDAH_SERVER_PORTS", serverPorts());
            environment.put("HOWDAH_PORTAL_LISTEN", "127.0.0.1");
            environment.put("HOWDAH_CLUSTER_DIRECTORY", directory().toString());
            environment.put("WLP_USER_DIR", liberty.toString());
            environment.put("WLP_OUTPUT_DIR", place.resolve("output-" + name).toString());
            environment.put("LOG_DIR", log.toString());
            environment.put(
                    "VARIABLE_SOURCE_DIRS", home.resolve("secrets/variables").toString());
            environment.put("JAVA_HOME", System.getProperty("java.home"));
            try {
                process = builder.start();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        private String serverPorts() {
            int first = firstPort + 40 + SERVER_PORTS * number;
            return first + "-" + (first + SERVER_PORTS - 1);
        }

        public boolean ready() {
            try {
                return HTTP.send(
                                        HttpRequest.newBuilder(address("/health/ready"))
                                                .timeout(Duration.ofSeconds(5))
                                                .build(),
                                        HttpResponse.BodyHandlers.discarding())
                                .statusCode()
                        == 200;
            } catch (IOException notYet) {
                return false;
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        /** What a browser gets that asks for a page: status and text. */
        public String page() throws IOException {
            try {
                HttpResponse<String> response = HTTP.send(
                        HttpRequest.newBuilder(address("/servers"))
                                .header("Accept", "text/html")
                                .timeout(Duration.ofSeconds(30))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                return response.statusCode() + " " + response.body();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        public void awaitReady() {
            Awaitility.await(name + " is ready")
                    .atMost(READY)
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> {
                        if (!process.isAlive()) {
                            throw new AssertionError(
                                    name + " ended:\n" + Files.readString(place.resolve("console-" + name)));
                        }
                        return ready();
                    });
        }

        private URI address(String path) {
            return URI.create("http://127.0.0.1:" + httpPort + path);
        }

        /** Asks the node's door. @throws IOException when the node does not answer, or breaks */
        public String ask(String act, Map<String, String> parameters) throws IOException {
            StringBuilder query = new StringBuilder("/cluster/" + act + "?");
            parameters.forEach((name, value) -> query.append(name)
                    .append('=')
                    .append(URLEncoder.encode(value, StandardCharsets.UTF_8))
                    .append('&'));
            try {
                HttpResponse<String> response = HTTP.send(
                        HttpRequest.newBuilder(address(query.toString()))
                                .timeout(Duration.ofSeconds(30))
                                .POST(HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                if (response.statusCode() == 409) {
                    return "refused " + response.body();
                }
                if (response.statusCode() != 200) {
                    throw new IOException(name + " answered " + response.statusCode() + ": " + response.body());
                }
                return response.body();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        public boolean alive() {
            return process != null && process.isAlive();
        }

        /** kill -9. The script of the server is the JVM itself by then. */
        public void kill() {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
        }

        /** From its next start on its clock is the machine's. */
        public void setClockRight() {
            before = List.of();
        }

        public void cut() {
            wire.cut();
        }

        public void mend() {
            wire.mend();
        }

        /** CPU time used so far, of the process and what it started. */
        public Duration cpu() {
            return process.toHandle()
                    .info()
                    .totalCpuDuration()
                    .orElse(Duration.ZERO)
                    .plus(process.descendants()
                            .map(each -> each.info().totalCpuDuration().orElse(Duration.ZERO))
                            .reduce(Duration.ZERO, Duration::plus));
        }
    }

    /**
     * Prepares everything and starts the metadata server, with nothing in it.
     *
     * @param slownessMillis starts and stops of the engine take up to that long
     */
    public Cluster(String name, int slownessMillis) throws IOException {
        place = TestPlace.home(name);
        home = place.resolve("home");
        firstPort = TestPlace.freePorts(PORTS);
        settings.put("HOWDAH_HOME", home.toString());
        settings.put("HOWDAH_LISTEN", "127.0.0.1");
        Optional.ofNullable(System.getenv("HOWDAH_USER_PREFIX"))
                .ifPresent(prefix -> settings.put("HOWDAH_USER_PREFIX", prefix));
        settings.put("HOWDAH_CLUSTER_SLOWNESS", Integer.toString(slownessMillis));
        Files.createDirectories(directory());
        startMetadata();
        liberty = prepareServer();
    }

    public Path directory() {
        return place.resolve("engine");
    }

    /** Starts the metadata server, also after it was killed. */
    public void startMetadata() throws IOException {
        Process process = script("start-metadata")
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(place.resolve("metadata.out").toFile())
                .start();
        try {
            if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IOException(
                        "The metadata server did not start: " + Files.readString(place.resolve("metadata.out")));
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private ProcessBuilder script(String... words) {
        List<String> command =
                new ArrayList<>(List.of(CHECKOUT.resolve("howdah").toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(key -> key.startsWith("HOWDAH_"));
        builder.environment().putAll(settings);
        builder.environment().put("HOWDAH_METADATA_PORT", Integer.toString(firstPort));
        builder.environment().put("HOWDAH_HTTPS_PORT", Integer.toString(firstPort + 1));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder;
    }

    public void killMetadata() throws IOException {
        long postmaster = Long.parseLong(
                Files.readAllLines(home.resolve("metadata/postmaster.pid")).getFirst());
        ProcessHandle.of(postmaster).ifPresent(process -> {
            process.destroyForcibly();
            process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
        });
    }

    /** The product's own server with the product as the tests deploy it, the door and the shared engine. */
    private Path prepareServer() throws IOException {
        Path user = place.resolve("liberty");
        Path server = user.resolve("servers/cluster");
        Path built = BUILT.resolve("usr/servers/howdah");
        try (Stream<Path> files = Files.walk(built)) {
            for (Path file : files.filter(each -> !built.relativize(each).startsWith("apps"))
                    .toList()) {
                Path copy = server.resolve(built.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        Files.createDirectories(server.resolve("apps"));
        Product.archive("howdah.war")
                .addClasses(DirectoryEngine.class, ClusterParts.class, ClusterDoor.class, HeldJob.class)
                .as(ZipExporter.class)
                .exportTo(server.resolve("apps/howdah.war").toFile(), true);
        return user;
    }

    public Node node(String name) throws IOException {
        return node(name, List.of());
    }

    /** @param before words before the server's command, e.g. of a program that shifts its clock */
    public Node node(String name, List<String> before) throws IOException {
        return add(new Node(name, nodes.size(), before, false));
    }

    /** One that can't be cut off, but need not share the machine with a wire either. */
    public Node directNode(String name) throws IOException {
        return add(new Node(name, nodes.size(), List.of(), true));
    }

    private Node add(Node node) {
        nodes.add(node);
        return node;
    }

    /** Starts all nodes at once and waits until they are ready. */
    public void launchAll() {
        nodes.forEach(Node::launch);
        nodes.forEach(Node::awaitReady);
    }

    public List<Node> nodes() {
        return nodes;
    }

    public Connection metadata() throws SQLException {
        return connection("howdah", "metadata-password");
    }

    /** As who owns the tables. */
    public Connection owner() throws SQLException {
        return connection("howdah_owner", "metadata-owner-password");
    }

    private Connection connection(String user, String password) throws SQLException {
        try {
            return DriverManager.getConnection(
                    "jdbc:postgresql://127.0.0.1:" + firstPort + "/howdah?connectTimeout=5",
                    user,
                    Files.readString(home.resolve("secrets").resolve(password)).strip());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** {@code ./howdah audit verify}, begun. */
    public Process verifyAudit() throws IOException {
        return script("audit", "verify").redirectErrorStream(true).start();
    }

    public List<Map<String, Object>> rows(String query, Object... arguments) throws SQLException {
        try (Connection connection = metadata();
                PreparedStatement statement = connection.prepareStatement(query)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            List<Map<String, Object>> rows = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    Map<String, Object> values = new LinkedHashMap<>();
                    for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
                        values.put(row.getMetaData().getColumnLabel(column), row.getObject(column));
                    }
                    rows.add(values);
                }
            }
            return rows;
        }
    }

    public int change(String statement, Object... arguments) throws SQLException {
        try (Connection connection = metadata();
                PreparedStatement change = connection.prepareStatement(statement)) {
            for (int i = 0; i < arguments.length; i++) {
                change.setObject(i + 1, arguments[i]);
            }
            return change.executeUpdate();
        }
    }

    public long count(String from, Object... arguments) throws SQLException {
        return (Long)
                rows("select count(*) as n from " + from, arguments).getFirst().get("n");
    }

    @Override
    public void close() throws IOException {
        for (Node node : nodes) {
            if (node.alive()) {
                node.kill();
            }
            node.wire.close();
        }
        killMetadata();
        Path logs =
                CHECKOUT.resolve("target/test-logs").resolve(place.getFileName().toString());
        Files.createDirectories(logs);
        for (Node node : nodes) {
            Path messages = place.resolve("log-" + node.name + "/messages.log");
            if (Files.exists(messages)) {
                Files.copy(messages, logs.resolve(node.name + ".log"), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
