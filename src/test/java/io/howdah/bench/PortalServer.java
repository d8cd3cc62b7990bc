package io.howdah.bench;

import io.howdah.access.Caller;
import io.howdah.access.Callers;
import io.howdah.scaling.ScalingService;
import io.howdah.server.Catalogue;
import io.howdah.server.ServerDraft;
import io.howdah.server.ServerService;
import io.howdah.server.Size;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** A server of the product, asked for at its service as the portal's pages do, each act until its operation has succeeded. */
final class PortalServer {

    private static final String LOGIN = "orders";
    private static final String DATABASE = "orders";
    /** The first that fits: limits on CPU should not be what is measured. */
    private static final List<String> SIZES = List.of("H1", "H0.5", "H0.25");

    private static final Duration LONGEST = Duration.ofMinutes(20);
    private static final int LOOK_MILLIS = 5;

    private final ServerService service;
    private final DataSource metadata;
    private final Caller caller;
    private final ServerDraft draft;
    private UUID id;

    PortalServer(ServerService service, DataSource metadata, Caller caller, UUID team, String name) {
        this.service = service;
        this.metadata = metadata;
        this.caller = caller;
        Catalogue catalogue = ask(service::catalogue);
        List<String> fitting = catalogue.sizes().stream().map(Size::code).toList();
        this.draft = new ServerDraft(
                team,
                null,
                name,
                catalogue.versions().getFirst().major(),
                SIZES.stream().filter(fitting::contains).findFirst().orElseThrow(),
                1,
                LOGIN,
                ask(() -> service.generatePassword(LOGIN)),
                DATABASE,
                List.of(),
                Map.of());
    }

    /** @return the operation's id, as of every act here */
    UUID create() {
        UUID operation = finish(() -> service.create(draft));
        id = ask(() -> service.byName(draft.name())).id();
        return operation;
    }

    UUID stop() {
        return finish(() -> service.stop(id));
    }

    UUID start() {
        return finish(() -> service.start(id));
    }

    UUID restart() {
        return finish(() -> service.restart(id));
    }

    UUID scale(ScalingService scaling, String size) {
        return finish(() -> scaling.scale(id, size));
    }

    /** A further server, known to be there, such as one that a restore has made. */
    PortalServer other(String name) {
        PortalServer other = new PortalServer(service, metadata, caller, draft.teamId(), name);
        other.id = ask(() -> service.byName(name)).id();
        return other;
    }

    UUID id() {
        return id;
    }

    /** Does it as the one who measures and waits until its operation has succeeded. */
    UUID act(Supplier<UUID> begin) {
        return finish(begin);
    }

    /**
     * Pages that its database asked for so far.
     *
     * @param found those that were in PostgreSQL's memory
     */
    record Pages(long found, long asked) {

        /** The share that was in memory between then and now. */
        double hitRatioSince(Pages then) {
            return (double) (found - then.found) / Math.max(1, asked - then.asked);
        }
    }

    Pages pages() throws SQLException {
        try (Connection connection = direct();
                ResultSet row = connection
                        .createStatement()
                        .executeQuery("select blks_hit, blks_hit + blks_read from pg_stat_database where datname = '"
                                + DATABASE + "'")) {
            row.next();
            return new Pages(row.getLong(1), row.getLong(2));
        }
    }

    private Connection direct() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", LOGIN);
        properties.setProperty("password", draft.administratorPassword());
        properties.setProperty("sslmode", "require");
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + (pooledPort() + 1) + "/" + DATABASE, properties);
    }

    /** Fills a table with text that compresses to about a half. */
    void fill(int gib) throws SQLException {
        String text = String.join(" || ", java.util.Collections.nCopies(30, "md5(random()::text)"));
        try (Connection connection = direct()) {
            connection.createStatement().execute("create table filler (n bigint, text text)");
            for (int i = 0; i < gib; i++) {
                connection
                        .createStatement()
                        .execute("insert into filler select n, " + text + " from generate_series(1, 1050000) n");
            }
            // Or it would be done by itself while something else is measured, and write as much WAL again.
            connection.createStatement().execute("vacuum (freeze, analyze) filler");
        }
    }

    PgBench load(Path program, Path folder, Path authority) throws IOException {
        return new PgBench(program, folder, authority, pooledPort(), LOGIN, draft.administratorPassword(), DATABASE);
    }

    void remove() {
        finish(() -> service.delete(id, draft.name()));
        finish(() -> service.purge(id, draft.name()));
    }

    int pooledPort() {
        return ask(() -> service.byName(draft.name())).endpoints().pooledPort();
    }

    Path directory(Path home) {
        return home.resolve("servers").resolve(id.toString());
    }

    /** An endpoint that answers might still turn everybody away. */
    void requireLogin(Path authority) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", LOGIN);
        properties.setProperty("password", draft.administratorPassword());
        properties.setProperty("sslmode", "verify-full");
        properties.setProperty("sslrootcert", authority.toString());
        String address = "jdbc:postgresql://127.0.0.1:" + pooledPort() + "/" + DATABASE;
        try (Connection connection = DriverManager.getConnection(address, properties);
                ResultSet row = connection.createStatement().executeQuery("select current_user")) {
            if (!row.next() || !row.getString(1).equals(LOGIN)) {
                throw new IllegalStateException("signed in as somebody else");
            }
        }
    }

    private <T> T ask(Supplier<T> question) {
        return Callers.as(caller, question);
    }

    private UUID finish(Supplier<UUID> act) {
        UUID operation = ask(act);
        long until = System.nanoTime() + LONGEST.toNanos();
        while (!succeeded(operation)) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException("operation " + operation + " does not end");
            }
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        return operation;
    }

    /** Waits until nothing works on the server, such as the backup that follows its creation. */
    void calm() throws SQLException, InterruptedException {
        long until = System.nanoTime() + LONGEST.toNanos();
        while (busy()) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException("the server does not come to rest");
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private boolean busy() throws SQLException {
        try (Connection connection = metadata.getConnection();
                PreparedStatement query = connection.prepareStatement(
                        "select 1 from operation where subject_id = ? and status in ('QUEUED', 'RUNNING')")) {
            query.setObject(1, id);
            return query.executeQuery().next();
        }
    }

    private boolean succeeded(UUID operation) {
        try (Connection connection = metadata.getConnection();
                PreparedStatement query = connection.prepareStatement(
                        "select status, problem_message, detail from operation where id = ?")) {
            query.setObject(1, operation);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                if (row.getString(1).equals("FAILED")) {
                    throw new IllegalStateException(row.getString(2) + " " + row.getString(3));
                }
                return row.getString(1).equals("SUCCEEDED");
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
