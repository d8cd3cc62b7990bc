package io.howdah.engine.host;

import io.howdah.engine.SchemaInfo;
import io.howdah.engine.TableName;
import io.howdah.shared.ProblemCode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The schemas of a server's databases, and the names that are taken in them. */
final class Schemas {

    private static final String NO_SUCH_DATABASE = "3D000";

    /** What shares its names with tables: each table is a type as well. */
    private static final String NAMES = """
            SELECT relname::text COLLATE "C" AS name FROM pg_class WHERE relnamespace = to_regnamespace(quote_ident(?))
             UNION
            SELECT typname::text FROM pg_type WHERE typnamespace = to_regnamespace(quote_ident(?))
            """;

    private final ServerFile file;

    Schemas(ServerFile file) {
        this.file = file;
    }

    /** @throws EngineFault DatabaseNotFound, EngineSqlFailed, EngineNotResponding */
    List<SchemaInfo> all(String database, String role) {
        return ask(database, """
                SELECT n.nspname, coalesce((SELECT has_schema_privilege(r.oid, n.oid, 'CREATE')
                                              FROM pg_roles r WHERE r.rolname = ?), false)
                  FROM pg_namespace n
                 WHERE n.nspname !~ '^(pg_|howdah_)' AND n.nspname <> 'information_schema'
                 ORDER BY n.nspname COLLATE "C"
                """, rows -> new SchemaInfo(rows.getString(1), rows.getBoolean(2)), role);
    }

    /**
     * Those of the names that something in the schema has.
     *
     * @throws EngineFault DatabaseNotFound, EngineSqlFailed, EngineNotResponding
     */
    List<String> taken(String database, String schema, Collection<String> names) {
        return ask(
                database,
                "SELECT name FROM (" + NAMES + ") there WHERE name = ANY (?) ORDER BY name",
                rows -> rows.getString(1),
                schema,
                schema,
                names.toArray(String[]::new));
    }

    /** What all things of a schema are called. */
    List<String> names(String database, String schema) {
        return ask(database, NAMES, rows -> rows.getString(1), schema, schema);
    }

    boolean hasType(String database, TableName type) {
        return !ask(
                        database,
                        "SELECT 1 FROM pg_type WHERE typnamespace = to_regnamespace(quote_ident(?)) AND typname = ?",
                        rows -> true,
                        type.schema(),
                        type.name())
                .isEmpty();
    }

    private interface Reading<T> {
        T of(ResultSet rows) throws SQLException;
    }

    private <T> List<T> ask(String database, String query, Reading<T> reading, Object... arguments) {
        try (Connection connection = TableMove.connect(file, database);
                PreparedStatement statement = connection.prepareStatement(query)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setObject(i + 1, arguments[i]);
            }
            List<T> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(reading.of(rows));
                }
            }
            return found;
        } catch (SQLException e) {
            throw NO_SUCH_DATABASE.equals(e.getSQLState())
                    ? EngineFault.lasting(null, ProblemCode.DatabaseNotFound, database)
                    : ControlConnection.fault(e);
        }
    }
}
