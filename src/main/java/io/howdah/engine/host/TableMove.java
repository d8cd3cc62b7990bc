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
import java.util.stream.Collectors;

/**
 * Puts tables of a copy into a schema of their own, since {@code pg_restore} can't give them another. What would tie them to
 * things that stay behind goes: foreign keys to other tables, triggers, and row security policies. The copy is thrown away
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
     * @throws EngineFault TableNotFound, TableNamesClash, EngineSqlFailed
     */
    void run(UUID unit, LoadTask task) {
        try (Connection connection = connect(copy, task.database())) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                String mark = "howdah_moved_" + unit.toString().replace("-", "");
                if (!exists(statement, "SELECT 1 FROM pg_namespace WHERE nspname = " + literal(mark))) {
                    move(statement, task);
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

    private void move(Statement statement, LoadTask task) throws SQLException {
        Map<Long, TableName> tables = find(statement, task.tables());
        String all = tables.keySet().stream().map(String::valueOf).collect(Collectors.joining(", "));
        loosen(statement, all);
        String old = task.schema() + "_before";
        if (exists(statement, "SELECT 1 FROM pg_namespace WHERE nspname = " + literal(task.schema()))) {
            statement.execute("ALTER SCHEMA " + identifier(task.schema()) + " RENAME TO " + identifier(old));
            tables.replaceAll(
                    (oid, table) -> table.schema().equals(task.schema()) ? new TableName(old, table.name()) : table);
        }
        statement.execute("CREATE SCHEMA " + identifier(task.schema()));
        for (TableName table : tables.values()) {
            statement.execute("ALTER TABLE " + named(table) + " SET SCHEMA " + identifier(task.schema()));
            output.line(table.toString());
        }
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
