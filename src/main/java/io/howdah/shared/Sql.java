package io.howdah.shared;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * One statement, its arguments and its rows. Joins the running transaction, or commits by itself when there is none.
 *
 * <p>Several statements with a semicolon between them go to the database together, and the last one's result counts. In a
 * transaction each of them sees what has been committed while the one before it waited for a lock.
 */
public final class Sql {

    private Sql() {}

    /** Makes an object of the row the set stands on. */
    public interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    public static <T> List<T> rows(DataSource source, String statement, Row<T> row, Object... arguments) {
        try (Connection connection = source.getConnection();
                PreparedStatement prepared = prepare(connection, statement, arguments)) {
            boolean found = prepared.execute();
            while (true) {
                ResultSet rows = found ? prepared.getResultSet() : null;
                found = prepared.getMoreResults(Statement.KEEP_CURRENT_RESULT);
                if (!found && prepared.getUpdateCount() < 0) {
                    return read(rows, row);
                }
            }
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    private static <T> List<T> read(ResultSet found, Row<T> row) throws SQLException {
        List<T> rows = new ArrayList<>();
        try (found) {
            while (found != null && found.next()) {
                rows.add(row.read(found));
            }
        }
        return rows;
    }

    public static <T> Optional<T> row(DataSource source, String statement, Row<T> row, Object... arguments) {
        List<T> found = rows(source, statement, row, arguments);
        return found.isEmpty() ? Optional.empty() : Optional.ofNullable(found.get(0));
    }

    public static int change(DataSource source, String statement, Object... arguments) {
        try (Connection connection = source.getConnection();
                PreparedStatement prepared = prepare(connection, statement, arguments)) {
            int changed = 0;
            boolean rows = prepared.execute();
            while (rows || prepared.getUpdateCount() >= 0) {
                changed = rows ? 0 : prepared.getUpdateCount();
                rows = prepared.getMoreResults();
            }
            return changed;
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    private static PreparedStatement prepare(Connection connection, String statement, Object... arguments)
            throws SQLException {
        PreparedStatement prepared = connection.prepareStatement(statement);
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case null -> prepared.setString(i + 1, null);
                case Collection<?> ids -> prepared.setArray(i + 1, connection.createArrayOf("uuid", ids.toArray()));
                case Enum<?> value -> prepared.setString(i + 1, value.name());
                default -> prepared.setObject(i + 1, arguments[i]);
            }
        }
        return prepared;
    }

    public static UUID id(ResultSet row, String column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    public static Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
