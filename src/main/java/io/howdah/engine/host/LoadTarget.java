package io.howdah.engine.host;

import static io.howdah.engine.host.ControlConnection.identifier;

import io.howdah.engine.LoadTask;
import io.howdah.engine.TableName;
import io.howdah.shared.ProblemCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;

/**
 * Where something is loaded to: a database or a schema that nobody else has, under the unit's own name. What it is to be
 * called, or the schema that it is to come into, it gets when it is complete ({@link Placement}). So all that is ever taken
 * back is what has that name; whatever people have made meanwhile under the other one stays theirs.
 */
final class LoadTarget {

    private final ServerFile file;
    private final UnitFiles files;
    private final UUID unit;
    private final LoadTask task;
    private final Placement placement;
    private UnitFile now;

    LoadTarget(ServerFile file, ServerDirectory directory, UUID unit, LoadTask task) {
        this.file = file;
        this.files = new UnitFiles(directory);
        this.unit = unit;
        this.task = task;
        this.placement = new Placement(file, directory, files, unit, task);
    }

    static String application(UUID unit) {
        return "howdah load " + unit;
    }

    /** What is loaded is called so until it gets its place. */
    static String name(UUID unit) {
        return "howdah_load_" + unit.toString().replace("-", "");
    }

    String database() {
        return task.whole() ? name(unit) : task.into();
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

    /** Whether it was given its place. */
    boolean placed() {
        return placement.committed(now);
    }

    UnitFile takeBack() {
        endSessions();
        if (task.whole()) {
            new Databases(file).drop(name(unit));
        } else if (exists(task.into())) {
            execute("DROP SCHEMA IF EXISTS " + identifier(name(unit)) + " CASCADE");
        }
        now = now.again().finished(List.of());
        files.keep(unit, now);
        return now;
    }

    /**
     * Makes what it is loaded into.
     *
     * @throws EngineFault DatabaseExists, DatabaseNotFound, SchemaExists, SchemaNotFound, NamesTaken
     */
    UnitFile make() {
        requireRoom();
        now = now.finished(List.of(database()));
        files.keep(unit, now);
        if (task.whole()) {
            new Databases(file).create(database(), task.role());
        } else {
            execute("CREATE SCHEMA " + identifier(name(unit)) + " AUTHORIZATION " + identifier(task.role()));
        }
        return now;
    }

    private void requireRoom() {
        if (task.whole()) {
            if (exists(task.into())) {
                throw EngineFault.lasting(null, ProblemCode.DatabaseExists, task.into());
            }
            return;
        }
        boolean there = new Schemas(file).all(task.into(), task.role()).stream().anyMatch(found -> found.name()
                .equals(task.schema()));
        if (there && !task.existing()) {
            throw EngineFault.lasting(null, ProblemCode.SchemaExists, task.schema(), task.into());
        }
        if (!there && task.existing()) {
            throw EngineFault.lasting(null, ProblemCode.SchemaNotFound, task.schema(), task.into());
        }
        requireFree(task.tables().stream().map(TableName::name).toList());
    }

    /** @throws EngineFault NamesTaken */
    void requireFree(List<String> names) {
        if (!task.existing()) {
            return;
        }
        List<String> taken = new Schemas(file).taken(task.into(), task.schema(), names);
        if (!taken.isEmpty()) {
            throw EngineFault.lasting(
                    String.join(", ", taken), ProblemCode.NamesTaken, taken.getFirst(), task.schema(), task.into());
        }
    }

    /**
     * What was loaded gets its place, once.
     *
     * @throws EngineFault as {@link Placement#run}
     */
    void place() {
        take();
        boolean placed = placed();
        if (placed && now.state() == UnitFile.State.DONE) {
            return;
        }
        UnitOutput said = new UnitOutput(files.output(unit).orElse(""));
        if (!placed) {
            if (!begun()) {
                throw EngineFault.lasting("nothing was loaded as " + unit, ProblemCode.Internal);
            }
            try {
                now = placement.run(now);
            } catch (EngineFault e) {
                if (!e.failed().passing()) {
                    said.last(e.failed().problem().message());
                    files.end(unit, now.failed(e.failed().detail(), e.failed().problem()), said);
                }
                throw e;
            }
        }
        said.last(
                task.whole()
                        ? "It is the database \"" + task.into() + "\"."
                        : "The tables are in the schema \"" + task.schema() + "\" of the database \"" + task.into()
                                + "\".");
        files.end(unit, now.done(), said);
    }

    private boolean exists(String database) {
        return new Databases(file).all().stream().anyMatch(found -> found.name().equals(database));
    }

    private void execute(String command) {
        try (Connection connection = TableMove.connect(file, task.into());
                Statement statement = connection.createStatement()) {
            statement.execute(command);
        } catch (SQLException e) {
            throw ControlConnection.fault(e);
        }
    }

    /** The unit is not to be begun any more. What has its place stays, since people may have begun to use it. */
    void undo() {
        UnitFile known = take();
        UnitOutput said = new UnitOutput(files.output(unit).orElse(""));
        if (placed()) {
            said.last("It was there already when this was to be taken back, and stays.");
            files.end(unit, now.done(), said);
            return;
        }
        if (begun()) {
            takeBack();
        }
        if (known.state() != UnitFile.State.FAILED) {
            files.end(unit, now.failed(null, ProblemCode.WorkCancelled), said);
        }
    }
}
