package io.howdah.engine.host;

import io.howdah.engine.QueryResult;
import io.howdah.engine.SqlTask;
import io.howdah.shared.ProblemCode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** One query, as one of people's roles, in a transaction that may only read and is rolled back. */
final class ReadOnlyQuery {

    private static final String CANCELLED = "57014";
    private static final int BACKSTOP_SECONDS = 15;
    private static final int LONGEST_VALUE = 2_000;

    private final ServerFile file;
    private final ServerDirectory directory;

    ReadOnlyQuery(ServerFile file, ServerDirectory directory) {
        this.file = file;
        this.directory = directory;
    }

    /** @throws EngineFault QueryNotOne, QueryFailed, WorkTimedOut, SqlRoleNotAllowed, DatabaseNotFound, EngineNotResponding */
    QueryResult run(SqlTask task, int most) {
        List<Script.Statement> statements = Script.of(task.script()).statements();
        if (statements.size() != 1) {
            throw EngineFault.lasting(null, ProblemCode.QueryNotOne, statements.size());
        }
        try (Connection session = new RoleDoor(file, directory).open(task.role(), task.database(), properties(task))) {
            session.setAutoCommit(false);
            session.setReadOnly(true);
            try (Statement statement = session.createStatement()) {
                statement.setMaxRows(most + 1);
                statement.setFetchSize(most + 1);
                boolean found = statement.execute(statements.getFirst().text());
                return found ? rows(statement.getResultSet(), most) : new QueryResult(List.of(), List.of(), false);
            } finally {
                session.rollback();
            }
        } catch (SQLException e) {
            throw fault(e, task);
        }
    }

    private static QueryResult rows(ResultSet result, int most) throws SQLException {
        ResultSetMetaData about = result.getMetaData();
        List<String> columns = new ArrayList<>();
        for (int i = 1; i <= about.getColumnCount(); i++) {
            columns.add(about.getColumnLabel(i));
        }
        List<List<String>> rows = new ArrayList<>();
        while (rows.size() < most && result.next()) {
            List<String> row = new ArrayList<>();
            for (int i = 1; i <= columns.size(); i++) {
                row.add(bounded(result.getString(i)));
            }
            rows.add(row);
        }
        return new QueryResult(columns, rows, result.next());
    }

    private static String bounded(String value) {
        return value == null || value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE) + "…";
    }

    private static EngineFault fault(SQLException e, SqlTask task) {
        if (CANCELLED.equals(e.getSQLState())) {
            return EngineFault.lasting(
                    null, ProblemCode.WorkTimedOut, task.timeout().toSeconds() + " s");
        }
        return ControlConnection.broken(e)
                ? ControlConnection.fault(e)
                : EngineFault.lasting(
                        e.getSQLState(), ProblemCode.QueryFailed, ControlConnection.firstLine(e.getMessage()));
    }

    private static Properties properties(SqlTask task) {
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", "howdah query");
        properties.setProperty("maxResultBuffer", "32M");
        properties.setProperty("socketTimeout", Long.toString(task.timeout().toSeconds() + BACKSTOP_SECONDS));
        properties.setProperty(
                "options",
                "-c default_transaction_read_only=on -c statement_timeout="
                        + task.timeout().toMillis());
        return properties;
    }
}
