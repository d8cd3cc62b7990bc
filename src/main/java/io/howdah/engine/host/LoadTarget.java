package io.howdah.engine.host;

import static io.howdah.engine.host.ControlConnection.identifier;
import static io.howdah.engine.host.ControlConnection.literal;

import io.howdah.engine.LoadTask;
import io.howdah.shared.ProblemCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;

/**
 * Where something is loaded to: a database or a schema that is made for this alone. That it is ours stands in the unit's
 * file before it is made, so that whoever comes after a crash knows what may be dropped, and what was somebody else's.
 */
final class LoadTarget {

    private static final String DUPLICATE = "42P04";

    private final ServerFile file;
    private final UnitFiles files;
    private final UUID unit;
    private final LoadTask task;
    private UnitFile now;

    LoadTarget(ServerFile file, UnitFiles files, UUID unit, LoadTask task) {
        this.file = file;
        this.files = files;
        this.unit = unit;
        this.task = task;
    }

    static String application(UUID unit) {
        return "howdah load " + unit;
    }

    /** Takes the unit over from whoever held it, and ends what that one has left at work. */
    UnitFile take() {
        String holder = UUID.randomUUID().toString();
        now = files.find(unit).orElseGet(() -> UnitFile.fresh(holder)).takenBy(holder);
        files.take(unit, now);
        endSessions();
        return now;
    }

    void endSessions() {
        new Backends(file).terminate(application(unit));
    }

    /** Whether something was begun to be made here. */
    boolean begun() {
        return !now.finished().isEmpty();
    }

    /** Of tables all are there or none. */
    boolean tablesThere() {
        return !task.whole() && schemaExists();
    }

    UnitFile takeBack() {
        endSessions();
        if (task.whole()) {
            new Databases(file).drop(task.into());
        } else if (databaseExists() && schemaExists()) {
            execute(task.into(), "DROP SCHEMA " + identifier(task.schema()) + " CASCADE");
        }
        return disown();
    }

    private UnitFile disown() {
        now = now.finished(List.of());
        files.keep(unit, now);
        return now;
    }

    /**
     * Makes the database, or lets the schema be made.
     *
     * @throws EngineFault DatabaseExists, SchemaExists, DatabaseNotFound
     */
    UnitFile make() {
        boolean there = databaseExists();
        if (!task.whole() && !there) {
            throw EngineFault.lasting(null, ProblemCode.DatabaseNotFound, task.into());
        }
        if (!task.whole() && schemaExists()) {
            throw EngineFault.lasting(null, ProblemCode.SchemaExists, task.schema(), task.into());
        }
        if (task.whole() && there) {
            throw EngineFault.lasting(null, ProblemCode.DatabaseExists, task.into());
        }
        now = now.finished(List.of(task.into()));
        files.keep(unit, now);
        if (task.whole()) {
            create();
        }
        return now;
    }

    private void create() {
        try (Connection connection = TableMove.connect(file, "postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + identifier(task.into()) + " OWNER " + identifier(task.role())
                    + " TEMPLATE template0");
        } catch (SQLException e) {
            if (DUPLICATE.equals(e.getSQLState())) {
                // Somebody else has made it meanwhile.
                disown();
                throw EngineFault.lasting(null, ProblemCode.DatabaseExists, task.into());
            }
            throw ControlConnection.fault(e);
        }
    }

    private boolean databaseExists() {
        return new Databases(file)
                .all().stream().anyMatch(database -> database.name().equals(task.into()));
    }

    private boolean schemaExists() {
        try (Connection connection = TableMove.connect(file, task.into());
                Statement statement = connection.createStatement()) {
            return TableMove.exists(statement, "SELECT 1 FROM pg_namespace WHERE nspname = " + literal(task.schema()));
        } catch (SQLException e) {
            throw ControlConnection.fault(e);
        }
    }

    private void execute(String database, String command) {
        try (Connection connection = TableMove.connect(file, database);
                Statement statement = connection.createStatement()) {
            statement.execute(command);
        } catch (SQLException e) {
            throw ControlConnection.fault(e);
        }
    }

    /** The unit is not to be begun any more, and nothing of it stays. */
    void undo() {
        UnitFile known = take();
        if (begun()) {
            takeBack();
        }
        if (known.state() != UnitFile.State.FAILED) {
            UnitOutput said = new UnitOutput(files.output(unit).orElse(""));
            files.end(unit, now.failed(null, ProblemCode.WorkCancelled), said);
        }
    }
}
