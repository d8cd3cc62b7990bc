package io.howdah.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.ds.PGSimpleDataSource;

/** The metadata database, seen past the product; works in the container and outside of it. Each call commits. */
public final class Metadata {

    private Metadata() {}

    public static Path home() {
        return Path.of(System.getenv("HOWDAH_HOME"));
    }

    public static Connection open() throws SQLException {
        return open("howdah", "metadata-password");
    }

    /** As who may do what the product may not. */
    public static Connection openAsOwner() throws SQLException {
        return open("howdah_owner", "metadata-owner-password");
    }

    private static Connection open(String user, String password) throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {"127.0.0.1"});
        source.setPortNumbers(new int[] {Integer.parseInt(System.getenv("HOWDAH_METADATA_PORT"))});
        source.setDatabaseName("howdah");
        source.setUser(user);
        try {
            source.setPassword(Files.readString(home().resolve("secrets").resolve(password))
                    .strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return source.getConnection();
    }

    /** Each row by column name. */
    public static List<Map<String, Object>> rows(String query, Object... arguments) {
        try (Connection connection = open();
                PreparedStatement statement = prepare(connection, query, arguments);
                ResultSet rows = statement.executeQuery()) {
            List<Map<String, Object>> found = new ArrayList<>();
            while (rows.next()) {
                Map<String, Object> row = new LinkedHashMap<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    row.put(rows.getMetaData().getColumnName(i), rows.getObject(i));
                }
                found.add(row);
            }
            return found;
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }

    /** The first column of every row. */
    @SuppressWarnings("unchecked")
    public static <T> List<T> column(String query, Object... arguments) {
        return rows(query, arguments).stream()
                .map(row -> (T) row.values().iterator().next())
                .toList();
    }

    /** The only value of the only row. */
    public static <T> T value(String query, Object... arguments) {
        List<T> found = column(query, arguments);
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " rows: " + query);
        }
        return found.get(0);
    }

    public static long count(String from, Object... arguments) {
        return Metadata.<Long>value("select count(*) from " + from, arguments);
    }

    /** @return how many rows it touched */
    public static int change(String statement, Object... arguments) {
        try (Connection connection = open();
                PreparedStatement prepared = prepare(connection, statement, arguments)) {
            return prepared.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(statement, e);
        }
    }

    /** Does what the product's own role may not do. */
    public static int changeAsOwner(String statement, Object... arguments) {
        try (Connection connection = openAsOwner();
                PreparedStatement prepared = prepare(connection, statement, arguments)) {
            return prepared.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(statement, e);
        }
    }

    private static PreparedStatement prepare(Connection connection, String query, Object... arguments)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(query);
        for (int i = 0; i < arguments.length; i++) {
            statement.setObject(i + 1, arguments[i]);
        }
        return statement;
    }
}
