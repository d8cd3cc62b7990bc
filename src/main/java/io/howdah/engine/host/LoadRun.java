package io.howdah.engine.host;

import static io.howdah.engine.host.ControlConnection.literal;

import io.howdah.engine.LoadTask;
import io.howdah.shared.Measure;
import io.howdah.shared.Messages;
import io.howdah.shared.ProblemCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Brings a database or tables from a copy into a server: {@code pg_dump} of the one into {@code pg_restore} of the other,
 * which runs as a role of people's. There it stands where nobody looks for it, until {@link LoadTarget#place}.
 */
final class LoadRun {

    private static final int LOOK_MILLIS = 200;

    private final ServerFile file;
    private final ServerDirectory directory;
    private final ServerFile copy;
    private final ToolSets.ToolSet tools;
    private final UnitFiles files;
    private final UUID unit;
    private final LoadTask task;
    private final Units.Course course;
    private final LoadTarget target;
    private final UnitOutput output = new UnitOutput("");
    private UnitFile now;

    LoadRun(
            ServerFile file,
            ServerDirectory directory,
            ServerFile copy,
            ToolSets.ToolSet tools,
            UUID unit,
            LoadTask task,
            Units.Course course) {
        this.file = file;
        this.directory = directory;
        this.copy = copy;
        this.tools = tools;
        this.files = new UnitFiles(directory);
        this.unit = unit;
        this.task = task;
        this.course = course;
        this.target = new LoadTarget(file, directory, unit, task);
        course.speakThrough(output);
    }

    UnitFile run() {
        now = target.take();
        if (target.begun()) {
            now = target.takeBack();
        }
        UnitFile end;
        try {
            now = target.make();
            end = fill();
        } catch (EngineFault e) {
            if (e.failed().passing()) {
                throw e;
            }
            end = now.failed(e.failed().detail(), e.failed().problem());
        }
        if (end.state() != UnitFile.State.DONE) {
            end = target.takeBack().failed(end.detail(), end.problem());
        }
        return files.end(unit, end, output);
    }

    private UnitFile fill() {
        try {
            if (!task.whole()) {
                course.say(Messages.text("engine.doing.load.schema"));
                new TableMove(copy, output).run(unit, task, type -> !new Schemas(file).hasType(task.into(), type));
                target.requireFree(new Schemas(copy).names(task.database(), LoadTarget.name(unit)));
            }
            return carry(bytes());
        } catch (EngineFault e) {
            output.last(e.failed().problem().message());
            return now.failed(e.failed().detail(), e.failed().problem());
        }
    }

    private UnitFile carry(long total) {
        course.say(Messages.text("engine.doing.load.read"));
        try (InputStream dump = ServerTool.stream(copy, LoadTarget.application(unit), dumpWords())) {
            // The program looks at what it gets before it connects: the door opens only when that is there.
            DumpPump pump = new DumpPump(dump);
            Process program = new RoleDoor(file, directory)
                    .let(task.role(), target.database(), LoadTarget.application(unit), () -> {
                        Process begun = ServerTool.fed(file, LoadTarget.application(unit), loadWords());
                        pump.into(begun);
                        return begun;
                    });
            Thread reader = Thread.ofPlatform().daemon().name("load-" + unit).start(() -> read(program));
            await(program, pump, total);
            reader.join();
            return ended(program, pump);
        } catch (IOException e) {
            output.last(String.valueOf(e.getMessage()));
            return now.failed(output.text(), ProblemCode.LoadFailed, firstError());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw EngineFault.passing("interrupted", ProblemCode.EngineNotResponding);
        }
    }

    private void await(Process program, DumpPump pump, long total) throws InterruptedException {
        while (!program.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            if (course.cancelled()) {
                program.destroy();
                target.endSessions();
            }
            course.say(
                    Messages.text("engine.doing.load.rows"),
                    new Measure(Math.min(pump.done(), total), total, Measure.Unit.BYTES));
        }
    }

    private UnitFile ended(Process program, DumpPump pump) {
        if (pump.trouble() != null) {
            output.last(String.valueOf(pump.trouble().getMessage()));
            return now.failed(output.text(), ProblemCode.LoadFailed, firstError());
        }
        if (program.exitValue() == 0) {
            output.last(pump.done() + " bytes were brought over.");
            return now.done();
        }
        if (course.cancelled()) {
            output.last("Cancelled.");
            return now.failed(null, ProblemCode.WorkCancelled);
        }
        return now.failed(output.text(), ProblemCode.LoadFailed, firstError());
    }

    private String firstError() {
        return output.text()
                .lines()
                .filter(line -> line.matches(".*(ERROR|FATAL|error): .*"))
                .map(line -> line.replaceFirst("^.*(ERROR|FATAL|error): +", ""))
                .findFirst()
                .orElse("pg_restore");
    }

    private void read(Process program) {
        try (BufferedReader lines = program.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.line(line);
            }
        } catch (IOException ended) {
            output.line("What the program said broke off: " + ended.getMessage());
        }
    }

    /** About as much as the rows come to when they are written out. */
    private long bytes() {
        String which = task.whole() ? "c.oid >= 16384" : "n.nspname = " + literal(LoadTarget.name(unit));
        try (Connection connection = TableMove.connect(copy, task.database());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT coalesce(sum(pg_table_size(c.oid)), 0) FROM pg_class c JOIN pg_namespace n"
                                + " ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'm') AND " + which)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw ControlConnection.fault(e);
        }
    }

    private List<String> dumpWords() {
        List<String> words = new ArrayList<>(List.of(
                Command.require("nice", "coreutils").toString(),
                "-n",
                "10",
                tools.program("pg_dump").toString()));
        words.addAll(ServerTool.connection(copy));
        words.addAll(List.of(
                "--format=custom",
                "--compress=0",
                "--no-owner",
                "--no-privileges",
                "--no-publications",
                "--no-subscriptions",
                "--dbname=" + ServerTool.database(task.database())));
        if (!task.whole()) {
            words.addAll(List.of("--strict-names", "--schema=" + LoadTarget.name(unit)));
        }
        return words;
    }

    private List<String> loadWords() {
        List<String> words = new ArrayList<>(List.of(tools.program("pg_restore").toString()));
        words.addAll(ServerTool.connection(file, task.role()));
        words.addAll(List.of(
                "--exit-on-error",
                "--no-owner",
                "--no-privileges",
                "--dbname=" + ServerTool.database(target.database())));
        if (!task.whole()) {
            // What is in the schema, without the schema: that is there.
            words.addAll(List.of("--single-transaction", "--schema=" + LoadTarget.name(unit)));
        }
        return words;
    }
}
