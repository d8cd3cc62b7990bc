package io.howdah.operation;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** One statement, its arguments and its rows. Joins the running transaction, or commits by itself when there is none. */
final class Sql {

    private Sql() {}

    /** Makes an object of the row the set stands on. */
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    static <T> List<T> rows(DataSource source, String statement, Row<T> row, Object... arguments) {
        try (Connection connection = source.getConnection();
                PreparedStatement prepared = prepare(connection, statement, arguments);
                ResultSet found = prepared.executeQuery()) {
            List<T> rows = new ArrayList<>();
            while (found.next()) {
                rows.add(row.read(found));
            }
            return rows;
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    static <T> Optional<T> row(DataSource source, String statement, Row<T> row, Object... arguments) {
        List<T> found = rows(source, statement, row, arguments);
        return found.isEmpty() ? Optional.empty() : Optional.ofNullable(found.get(0));
    }

    static int change(DataSource source, String statement, Object... arguments) {
        try (Connection connection = source.getConnection();
                PreparedStatement prepared = prepare(connection, statement, arguments)) {
            return prepared.executeUpdate();
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

    static UUID id(ResultSet row, String column) throws SQLException {
        return row.getObject(column, UUID.class);
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
