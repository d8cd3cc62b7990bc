package io.howdah.engine.host;

import static io.howdah.engine.host.ControlConnection.identifier;
import static io.howdah.engine.host.ControlConnection.literal;

import io.howdah.engine.LoadTask;
import io.howdah.engine.TableName;
import io.howdah.shared.ProblemCode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Puts tables of a copy into a schema of their own, since {@code pg_restore} can't give them another. What would tie them to
 * things that stay behind goes: foreign keys to other tables, parents, triggers, and row security policies. The copy is thrown away
 * afterwards.
 */
final class TableMove {

    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final ServerFile copy;
    private final UnitOutput output;

    TableMove(ServerFile copy, UnitOutput output) {
        this.copy = copy;
        this.output = output;
    }

    /**
     * All or nothing, and once.
     *
     * @param missing whether a type is to come along, since the server doesn't have it
     * @throws EngineFault TableNotFound, TableNamesClash, EngineSqlFailed
     */
    void run(UUID unit, LoadTask task, Predicate<TableName> missing) {
        try (Connection connection = connect(copy, task.database())) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                String mark = "howdah_moved_" + unit.toString().replace("-", "");
                if (!exists(statement, "SELECT 1 FROM pg_namespace WHERE nspname = " + literal(mark))) {
                    move(statement, task, LoadTarget.name(unit), missing);
                    statement.execute("CREATE SCHEMA " + identifier(mark));
                }
            }
            connection.commit();
        } catch (SQLException e) {
            throw ControlConnection.fault(e);
        }
    }

    /** As the product's superuser, with nothing but the system's own names in reach. */
    static Connection connect(ServerFile file, String database) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", "howdah");
        properties.setProperty("socketTimeout", Long.toString(LIMIT.toSeconds()));
        properties.setProperty("options", "-c search_path=pg_catalog -c statement_timeout=" + LIMIT.toMillis());
        return ControlConnection.connect(file, ServerSettings.SUPERUSER, database, properties);
    }

    static boolean exists(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            return rows.next();
        }
    }

    private void move(Statement statement, LoadTask task, String schema, Predicate<TableName> missing)
            throws SQLException {
        Map<Long, TableName> tables = find(statement, task.tables());
        String all = tables.keySet().stream().map(String::valueOf).collect(Collectors.joining(", "));
        loosen(statement, all);
        statement.execute("CREATE SCHEMA " + identifier(schema));
        for (TableName type : types(statement, all)) {
            if (missing.test(type)) {
                statement.execute("ALTER TYPE " + named(type) + " SET SCHEMA " + identifier(schema));
                output.line("With the type " + type);
            }
        }
        for (TableName statistics : statistics(statement, all)) {
            statement.execute("ALTER STATISTICS " + named(statistics) + " SET SCHEMA " + identifier(schema));
        }
        for (TableName table : tables.values()) {
            statement.execute("ALTER TABLE " + named(table) + " SET SCHEMA " + identifier(schema));
            output.line(table.toString());
        }
    }

    /** What columns of the tables consist of, as far as people made it and no extension did. */
    private static List<TableName> types(Statement statement, String tables) throws SQLException {
        return names(statement, """
                WITH RECURSIVE used (type) AS (
                    SELECT atttypid FROM pg_attribute
                     WHERE attrelid IN (%s) AND attnum > 0 AND NOT attisdropped
                     UNION
                    SELECT part FROM used JOIN pg_type t ON t.oid = type CROSS JOIN LATERAL (
                        VALUES (t.typelem), (t.typbasetype)
                         UNION ALL
                        SELECT a.atttypid FROM pg_attribute a
                         WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped) parts (part)
                     WHERE part <> 0)
                SELECT n.nspname, t.typname
                  FROM used JOIN pg_type t ON t.oid = type JOIN pg_namespace n ON n.oid = t.typnamespace
                       LEFT JOIN pg_class c ON c.oid = t.typrelid
                 WHERE t.oid >= 16384 AND (t.typtype IN ('e', 'd') OR c.relkind = 'c')
                   AND NOT EXISTS (SELECT 1 FROM pg_depend d
                                    WHERE d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e')
                 ORDER BY t.oid
                """.formatted(tables));
    }

    private static List<TableName> statistics(Statement statement, String tables) throws SQLException {
        return names(statement, """
                SELECT n.nspname, s.stxname FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid = s.stxnamespace
                 WHERE s.stxrelid IN (%s)
                """.formatted(tables));
    }

    private static List<TableName> names(Statement statement, String query) throws SQLException {
        List<TableName> found = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                found.add(new TableName(rows.getString(1), rows.getString(2)));
            }
        }
        return found;
    }

    /** With their partitions. */
    private static Map<Long, TableName> find(Statement statement, List<TableName> wanted) throws SQLException {
        Map<Long, TableName> found = new LinkedHashMap<>();
        for (TableName table : wanted) {
            try (ResultSet rows =
                    statement.executeQuery("""
                    SELECT t.oid, s.nspname, t.relname
                      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                           CROSS JOIN LATERAL (SELECT c.oid AS part UNION SELECT relid FROM pg_partition_tree(c.oid)) p
                           JOIN pg_class t ON t.oid = p.part JOIN pg_namespace s ON s.oid = t.relnamespace
                     WHERE n.nspname = %s AND c.relname = %s AND c.relkind IN ('r', 'p')
                       AND n.nspname !~ '^(pg_|information_schema$)'
                     ORDER BY t.oid <> c.oid, t.oid
                    """.formatted(literal(table.schema()), literal(table.name())))) {
                int before = found.size();
                while (rows.next()) {
                    found.put(rows.getLong(1), new TableName(rows.getString(2), rows.getString(3)));
                }
                if (found.size() == before && !found.containsValue(table)) {
                    throw EngineFault.lasting(null, ProblemCode.TableNotFound, table.toString());
                }
            }
        }
        List<String> names = new ArrayList<>();
        for (TableName table : found.values()) {
            if (names.contains(table.name())) {
                throw EngineFault.lasting(null, ProblemCode.TableNamesClash, table.name());
            }
            names.add(table.name());
        }
        return found;
    }

    private void loosen(Statement statement, String tables) throws SQLException {
        // First, since a partition has keys and triggers of its own only when it stands alone.
        drop(statement, "parent", """
                SELECT CASE WHEN c.relispartition
                            THEN format('ALTER TABLE %%1$I.%%2$I DETACH PARTITION %%3$I.%%4$I',
                                        q.nspname, p.relname, n.nspname, c.relname)
                            ELSE format('ALTER TABLE %%3$I.%%4$I NO INHERIT %%1$I.%%2$I',
                                        q.nspname, p.relname, n.nspname, c.relname) END,
                       format('%%I.%%I of %%I.%%I', q.nspname, p.relname, n.nspname, c.relname)
                  FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid JOIN pg_namespace n ON n.oid = c.relnamespace
                       JOIN pg_class p ON p.oid = i.inhparent JOIN pg_namespace q ON q.oid = p.relnamespace
                 WHERE c.relkind IN ('r', 'p') AND i.inhrelid IN (%1$s) AND i.inhparent NOT IN (%1$s)
                """.formatted(tables));
        drop(statement, "foreign key", """
                SELECT format('ALTER TABLE %%I.%%I DROP CONSTRAINT IF EXISTS %%I', n.nspname, c.relname, k.conname),
                       format('%%I of %%I.%%I', k.conname, n.nspname, c.relname)
                  FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
                 WHERE k.contype = 'f' AND k.conparentid = 0 AND k.conrelid IN (%1$s) AND k.confrelid NOT IN (%1$s)
                """.formatted(tables));
        drop(statement, "trigger", """
                SELECT format('DROP TRIGGER IF EXISTS %%I ON %%I.%%I', t.tgname, n.nspname, c.relname),
                       format('%%I of %%I.%%I', t.tgname, n.nspname, c.relname)
                  FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
                 WHERE NOT t.tgisinternal AND t.tgparentid = 0 AND t.tgrelid IN (%s)
                """.formatted(tables));
        drop(statement, "policy", """
                SELECT format('DROP POLICY IF EXISTS %%I ON %%I.%%I', p.polname, n.nspname, c.relname),
                       format('%%I of %%I.%%I', p.polname, n.nspname, c.relname)
                  FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace
                 WHERE p.polrelid IN (%s)
                """.formatted(tables));
    }

    private void drop(Statement statement, String what, String query) throws SQLException {
        List<String> commands = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                commands.add(rows.getString(1));
                output.line("Without " + what + " " + rows.getString(2));
            }
        }
        for (String command : commands) {
            statement.execute(command);
        }
    }

    private static String named(TableName table) {
        return identifier(table.schema()) + "." + identifier(table.name());
    }
}
