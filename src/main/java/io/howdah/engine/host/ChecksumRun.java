package io.howdah.engine.host;

import io.howdah.shared.Messages;
import io.howdah.shared.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Compares the checksum of every page of a stopped server, also of indexes and files that no query would read. */
final class ChecksumRun {

    private final ServerFile file;
    private final ServerDirectory directory;
    private final ToolSets.ToolSet tools;
    private final UnitFiles files;
    private final UUID unit;
    private final Units.Course course;
    private final UnitOutput output = new UnitOutput("");

    ChecksumRun(
            ServerFile file,
            ServerDirectory directory,
            ToolSets.ToolSet tools,
            UnitFiles files,
            UUID unit,
            Units.Course course) {
        this.file = file;
        this.directory = directory;
        this.tools = tools;
        this.files = files;
        this.unit = unit;
        this.course = course;
        course.speakThrough(output);
    }

    UnitFile run() {
        String holder = UUID.randomUUID().toString();
        UnitFile now = files.find(unit).orElseGet(() -> UnitFile.fresh(holder)).takenBy(holder);
        files.take(unit, now);
        course.say(Messages.text("engine.doing.check.checksums"));
        List<String> words =
                new ArrayList<>(List.of(Command.require("nice", "coreutils").toString(), "-n", "10"));
        words.addAll(List.of(tools.program("pg_checksums").toString(), "--check", "--pgdata=" + directory.data()));
        Process program = ServerTool.begin(file, "howdah checksums", "", words);
        int exitCode = ServerTool.follow(program, course, output::line);
        return files.end(unit, ended(now, exitCode), output);
    }

    private UnitFile ended(UnitFile now, int exitCode) {
        String said = output.text();
        // Servers from elsewhere may have none, and then there is nothing to compare.
        if (exitCode == 0 || said.contains("checksums are not enabled")) {
            return now.done();
        }
        if (course.cancelled()) {
            return now.failed(null, ProblemCode.WorkCancelled);
        }
        return said.contains("checksum verification failed")
                ? now.failed(said, ProblemCode.DataCorrupt)
                : now.failed(said, ProblemCode.EngineCommandFailed, "pg_checksums", Integer.toString(exitCode));
    }
}
