package io.howdah.engine.host;

import static io.howdah.engine.host.ControlConnection.identifier;

import io.howdah.engine.DatabaseInfo;
import io.howdah.engine.SessionInfo;
import io.howdah.shared.ProblemCode;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The databases of a server, and who is connected to them. */
final class Databases {

    private static final Duration LOOK = Duration.ofSeconds(10);
    private static final Duration ACT = Duration.ofMinutes(5);
    private static final String IN_USE = "55006";

    private final ControlConnection control;

    Databases(ServerFile file) {
        this.control = new ControlConnection(file);
    }

    /**
     * From template0, which nobody can have put anything into, and which has the server's encoding and collation.
     *
     * @throws EngineFault EngineSqlFailed, EngineNotResponding
     */
    void create(String database, String owner) {
        control.use(ACT, connection -> {
            if (!exists(connection, database)) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("CREATE DATABASE " + identifier(database) + " OWNER " + identifier(owner)
                            + " TEMPLATE template0");
                }
            }
            return null;
        });
    }

    /** @throws EngineFault DatabaseInUse, EngineSqlFailed, EngineNotResponding */
    void drop(String database) {
        if (database.equals("postgres") || database.startsWith("template")) {
            throw EngineFault.lasting(null, ProblemCode.DatabaseNameReserved, database);
        }
        control.use(ACT, connection -> {
            if (exists(connection, database)) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("DROP DATABASE IF EXISTS " + identifier(database) + " WITH (FORCE)");
                } catch (SQLException e) {
                    if (IN_USE.equals(e.getSQLState())) {
                        throw EngineFault.passing(e.getMessage(), ProblemCode.DatabaseInUse, database);
                    }
                    throw e;
                }
            }
            return null;
        });
    }

    private static boolean exists(Connection connection, String database) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT 1 FROM pg_catalog.pg_database WHERE datname = ?")) {
            statement.setString(1, database);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    List<DatabaseInfo> all() {
        return control.use(LOOK, connection -> {
            List<DatabaseInfo> found = new ArrayList<>();
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("""
                            SELECT d.datname, r.rolname, pg_encoding_to_char(d.encoding), d.datcollate,
                                   pg_database_size(d.oid),
                                   (SELECT count(*) FROM pg_stat_activity a
                                     WHERE a.datid = d.oid AND a.backend_type = 'client backend'
                                       AND a.pid <> pg_backend_pid())
                              FROM pg_database d JOIN pg_roles r ON r.oid = d.datdba
                             WHERE NOT d.datistemplate
                             ORDER BY d.datname COLLATE "C"
                            """)) {
                while (rows.next()) {
                    found.add(new DatabaseInfo(
                            rows.getString(1),
                            rows.getString(2),
                            rows.getString(3),
                            rows.getString(4),
                            rows.getLong(5),
                            rows.getInt(6)));
                }
            }
            return found;
        });
    }

    List<SessionInfo> sessions() {
        return control.use(LOOK, connection -> {
            List<SessionInfo> found = new ArrayList<>();
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("""
                            SELECT pid, datname, usename, application_name, host(client_addr) AS address, state,
                                   wait_event_type || ': ' || wait_event AS waiting,
                                   backend_start, xact_start, query_start,
                                   pg_blocking_pids(pid) AS blockers, left(query, 2000) AS statement
                              FROM pg_stat_activity
                             WHERE backend_type = 'client backend' AND usename <> '%s'
                             ORDER BY query_start DESC NULLS LAST, pid
                            """.formatted(ServerSettings.SUPERUSER))) {
                while (rows.next()) {
                    found.add(session(rows));
                }
            }
            return found;
        });
    }

    private static SessionInfo session(ResultSet rows) throws SQLException {
        return new SessionInfo(
                rows.getInt("pid"),
                rows.getString("datname"),
                rows.getString("usename"),
                rows.getString("application_name"),
                rows.getString("address"),
                rows.getString("state"),
                rows.getString("waiting"),
                instant(rows, "backend_start"),
                instant(rows, "xact_start"),
                instant(rows, "query_start"),
                numbers(rows.getArray("blockers")),
                rows.getString("statement"));
    }

    private static Instant instant(ResultSet rows, String column) throws SQLException {
        Timestamp time = rows.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }

    private static List<Integer> numbers(Array array) throws SQLException {
        return array == null ? List.of() : Arrays.asList((Integer[]) array.getArray());
    }
}
