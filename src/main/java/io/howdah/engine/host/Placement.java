package io.howdah.engine.host;

import static io.howdah.engine.host.ControlConnection.identifier;
import static io.howdah.engine.host.ControlConnection.literal;

import io.howdah.engine.LoadTask;
import io.howdah.shared.ProblemCode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gives what was loaded its place, in one transaction: a database or a schema gets its name, or the tables move to a schema
 * that was there before. None of these commands puts anything in another's place; where a name is taken, nothing happens.
 * The role itself does it with tables, so that it gets nowhere where it may not make something.
 */
final class Placement {

    /** Somebody else has the name, or is about to make something of that name and does not come to an end. */
    private static final Set<String> TAKEN = Set.of("42P04", "42P06", "42P07", "42710", "23505", "55P03");

    private static final Pattern NAMED =
            Pattern.compile("(?:relation|type|object) \"(.+)\" already exists|=\\((.+), \\d+\\) already exists");

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Duration WAIT = Duration.ofSeconds(10);

    private final ServerFile file;
    private final ServerDirectory directory;
    private final UnitFiles files;
    private final UUID unit;
    private final LoadTask task;

    Placement(ServerFile file, ServerDirectory directory, UnitFiles files, UUID unit, LoadTask task) {
        this.file = file;
        this.directory = directory;
        this.files = files;
        this.unit = unit;
        this.task = task;
    }

    /** Whether it was committed; its session must be no more. */
    boolean committed(UnitFile now) {
        return now.transaction() != null && new Backends(file).fate(now.transaction()) == Backends.Fate.COMMITTED;
    }

    /**
     * @return what is known of the unit now
     * @throws EngineFault DatabaseExists, SchemaExists, NamesTaken, LoadFailed; passing when nobody knows how it ended
     */
    UnitFile run(UnitFile before) {
        try (Connection session = open()) {
            session.setAutoCommit(false);
            UnitFile now = Backends.identify(session, before, true, 1);
            // Known before anything is done, so that whoever comes after a crash can ask PostgreSQL what became of it.
            files.keep(unit, now);
            new Backends(file).flush();
            try (Statement statement = session.createStatement()) {
                for (String command : commands(statement)) {
                    statement.execute(command);
                }
            }
            files.requireHeld(unit, now.holder());
            session.commit();
            return now;
        } catch (SQLException e) {
            throw fault(e);
        }
    }

    private Connection open() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", LoadTarget.application(unit));
        properties.setProperty("socketTimeout", Long.toString(2 * LIMIT.toSeconds()));
        properties.setProperty(
                "options",
                "-c search_path=pg_catalog -c default_transaction_read_only=off -c statement_timeout="
                        + LIMIT.toMillis() + " -c lock_timeout=" + WAIT.toMillis());
        return task.whole()
                ? ControlConnection.connect(file, ServerSettings.SUPERUSER, "postgres", properties)
                : new RoleDoor(file, directory).open(task.role(), task.into(), properties);
    }

    private List<String> commands(Statement statement) throws SQLException {
        String loaded = identifier(LoadTarget.name(unit));
        if (task.whole()) {
            return List.of("ALTER DATABASE " + loaded + " RENAME TO " + identifier(task.into()));
        }
        if (!task.existing()) {
            return List.of("ALTER SCHEMA " + loaded + " RENAME TO " + identifier(task.schema()));
        }
        List<String> commands = new ArrayList<>();
        // Indexes, and sequences that belong to a column, go with their table.
        try (ResultSet rows =
                statement.executeQuery("""
                SELECT format('ALTER %%s %%I.%%I SET SCHEMA %%I', kind, nspname, name, %s)
                  FROM pg_namespace n
                       JOIN (SELECT relnamespace, 'TABLE', relname FROM pg_class WHERE relkind IN ('r', 'p')
                              UNION ALL
                             SELECT stxnamespace, 'STATISTICS', stxname FROM pg_statistic_ext
                              UNION ALL
                             SELECT typnamespace, 'TYPE', typname
                               FROM pg_type LEFT JOIN pg_class c ON c.oid = typrelid
                              WHERE typtype IN ('e', 'd') OR c.relkind = 'c') thing (home, kind, name) ON home = n.oid
                 WHERE nspname = %s
                """.formatted(literal(task.schema()), literal(LoadTarget.name(unit))))) {
            while (rows.next()) {
                commands.add(rows.getString(1));
            }
        }
        commands.add("DROP SCHEMA " + loaded);
        return commands;
    }

    private EngineFault fault(SQLException e) {
        if (ControlConnection.broken(e)) {
            return ControlConnection.fault(e);
        }
        if (!TAKEN.contains(String.valueOf(e.getSQLState()))) {
            EngineFault other = ControlConnection.fault(e);
            return other.failed().passing()
                    ? other
                    : EngineFault.lasting(
                            e.getSQLState(), ProblemCode.LoadFailed, ControlConnection.firstLine(e.getMessage()));
        }
        if (task.whole()) {
            return EngineFault.lasting(e.getMessage(), ProblemCode.DatabaseExists, task.into());
        }
        return task.existing()
                ? EngineFault.lasting(
                        e.getMessage(),
                        ProblemCode.NamesTaken,
                        name(String.valueOf(e.getMessage())),
                        task.schema(),
                        task.into())
                : EngineFault.lasting(e.getMessage(), ProblemCode.SchemaExists, task.schema(), task.into());
    }

    /** What is in the way, as far as PostgreSQL says it. */
    private String name(String message) {
        Matcher named = NAMED.matcher(message);
        return named.find()
                ? named.group(named.group(1) == null ? 2 : 1)
                : task.tables().getFirst().name();
    }
}
