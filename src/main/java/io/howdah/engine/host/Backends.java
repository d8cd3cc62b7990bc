package io.howdah.engine.host;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;

/** Sessions of units, ended from outside; and what became of a transaction whose session is no more. */
final class Backends {

    private static final Duration LOOK = Duration.ofSeconds(10);
    private static final Duration GOING = Duration.ofSeconds(30);

    /** What PostgreSQL knows of a transaction. */
    enum Fate {
        COMMITTED,
        ABORTED,
        /** It was too long ago, or the data is not that of then. */
        FORGOTTEN
    }

    private final ControlConnection control;

    Backends(ServerFile file) {
        this.control = new ControlConnection(file);
    }

    /** Ends the statement; the session may say so itself and go on. */
    void cancel(int process, Instant since) {
        signal("pg_cancel_backend", process, since);
    }

    void terminate(int process, Instant since) {
        signal("pg_terminate_backend", process, since);
    }

    private int signal(String how, int process, Instant since) {
        return control.use(LOOK, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    "SELECT count(" + how + "(pid)) FROM pg_stat_activity WHERE pid = ? AND backend_start = ?")) {
                statement.setInt(1, process);
                statement.setTimestamp(2, Timestamp.from(since));
                return number(statement);
            }
        });
    }

    /** Ends all sessions of that application name. */
    void terminate(String application) {
        await(() -> all("pg_terminate_backend", application) == 0);
    }

    void cancel(String application) {
        all("pg_cancel_backend", application);
    }

    private int all(String how, String application) {
        return control.use(LOOK, connection -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    "SELECT count(" + how + "(pid)) FROM pg_stat_activity WHERE application_name = ?")) {
                statement.setString(1, application);
                return number(statement);
            }
        });
    }

    /** Ends the session and waits until it is no more: until then its transaction may still be committed. */
    void terminateAndAwait(int process, Instant since) {
        await(() -> signal("pg_terminate_backend", process, since) == 0);
    }

    private static void await(java.util.function.BooleanSupplier gone) {
        long until = System.nanoTime() + GOING.toNanos();
        while (!gone.getAsBoolean()) {
            if (System.nanoTime() > until) {
                throw EngineFault.passing("a session does not end", io.howdah.shared.ProblemCode.EngineNotResponding);
            }
            Pause.millis(50);
        }
    }

    Fate fate(String transaction) {
        return control.use(LOOK, connection -> {
            String status;
            try (PreparedStatement statement =
                    connection.prepareStatement("SELECT pg_xact_status(CAST(? AS text)::xid8)")) {
                statement.setString(1, transaction);
                status = text(statement);
            } catch (SQLException e) {
                if (ControlConnection.broken(e)) {
                    throw e;
                }
                return Fate.FORGOTTEN;
            }
            return switch (String.valueOf(status)) {
                case "committed" -> Fate.COMMITTED;
                // Its session is no more, so one in progress could only be a prepared one, which a script of ours
                // isn't.
                case "aborted", "in progress" -> Fate.ABORTED;
                default -> Fate.FORGOTTEN;
            };
        });
    }

    /** What the application's sessions do just now, e.g. {@code VACUUM public.orders}; null when nothing. */
    String doing(String application) {
        return control.use(LOOK, connection -> {
            try (PreparedStatement statement = connection.prepareStatement("""
                    SELECT string_agg(rtrim(left(query, 200), '; '), ', ' ORDER BY query_start) FROM pg_stat_activity
                     WHERE application_name = ? AND state = 'active' AND query ~ '^(VACUUM|ANALYZE|REINDEX)'""")) {
                statement.setString(1, application);
                return text(statement);
            }
        });
    }

    /** How far PostgreSQL is with the table at hand, between 0 and 1; negative when it does not say. */
    double measure(String application) {
        return control.use(LOOK, connection -> {
            try (PreparedStatement statement = connection.prepareStatement("""
                    SELECT coalesce(max(done), -1) FROM (
                        SELECT pid, heap_blks_scanned::float8 / nullif(heap_blks_total, 0) AS done
                          FROM pg_stat_progress_vacuum
                        UNION ALL
                        SELECT pid, sample_blks_scanned::float8 / nullif(sample_blks_total, 0)
                          FROM pg_stat_progress_analyze
                        UNION ALL
                        SELECT pid, blocks_done::float8 / nullif(blocks_total, 0)
                          FROM pg_stat_progress_create_index) p
                      JOIN pg_stat_activity a USING (pid) WHERE a.application_name = ?""")) {
                statement.setString(1, application);
                try (ResultSet rows = statement.executeQuery()) {
                    return rows.next() ? rows.getDouble(1) : -1;
                }
            }
        });
    }

    /** The processes of the application's sessions, those that help them included. */
    java.util.List<Integer> processes(String application) {
        return control.use(LOOK, connection -> {
            java.util.List<Integer> found = new java.util.ArrayList<>();
            try (PreparedStatement statement =
                    connection.prepareStatement("SELECT pid FROM pg_stat_activity WHERE application_name = ?")) {
                statement.setString(1, application);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        found.add(rows.getInt(1));
                    }
                }
            }
            return found;
        });
    }

    private static int number(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private static String text(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            return rows.next() ? rows.getString(1) : null;
        }
    }

    /**
     * Makes sure that the number of a transaction that has just begun is never given to another one: PostgreSQL gives
     * numbers again after a crash unless its log names them. The session writes its own into the log, and this writes
     * the log to disk.
     */
    void flush() {
        control.use(LOOK, connection -> {
            try (PreparedStatement statement =
                    connection.prepareStatement("SELECT pg_logical_emit_message(true, 'howdah', '')")) {
                return text(statement);
            }
        });
    }

    /** Who a session is: its process, when it began, and the transaction it is in. */
    static UnitFile identify(Connection session, UnitFile unit, boolean inTransaction, int statements)
            throws SQLException {
        String transaction = inTransaction ? "pg_catalog.pg_current_xact_id()::pg_catalog.text" : "NULL";
        String log = inTransaction ? "pg_catalog.pg_logical_emit_message(true, 'howdah', '')" : "NULL";
        try (PreparedStatement statement = session.prepareStatement("SELECT " + transaction
                        + ", pid, backend_start, " + log + " FROM pg_catalog.pg_stat_activity"
                        + " WHERE pid OPERATOR(pg_catalog.=) pg_catalog.pg_backend_pid()");
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            return unit.running(
                    rows.getString(1), rows.getInt(2), rows.getTimestamp(3).toInstant(), statements);
        }
    }
}
