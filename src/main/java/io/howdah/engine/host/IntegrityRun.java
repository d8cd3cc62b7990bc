package io.howdah.engine.host;

import io.howdah.shared.Measure;
import io.howdah.shared.Messages;
import io.howdah.shared.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads all tables and indexes of a server with {@code pg_amcheck}, which also verifies the checksum of every page it reads.
 * Nothing is changed but that the extension {@code amcheck} is installed: this is for copies that are thrown away.
 */
final class IntegrityRun {

    private static final int CORRUPT = 2;
    private static final Pattern PROGRESS = Pattern.compile("\\s*(\\d+)/(\\d+) relations \\(\\s*\\d+%\\).*");

    private final ServerFile file;
    private final ToolSets.ToolSet tools;
    private final UnitFiles files;
    private final UUID unit;
    private final Units.Course course;
    private final UnitOutput output = new UnitOutput("");

    IntegrityRun(ServerFile file, ToolSets.ToolSet tools, UnitFiles files, UUID unit, Units.Course course) {
        this.file = file;
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
        course.say(Messages.text("engine.doing.check.tables"));
        List<String> words = new ArrayList<>(List.of(tools.program("pg_amcheck").toString()));
        words.addAll(ServerTool.connection(file));
        words.addAll(List.of("--all", "--install-missing", "--heapallindexed", "--progress", "--jobs=1"));
        Process program = ServerTool.begin(file, "howdah check " + unit, "-c client_min_messages=warning", words);
        int exitCode = ServerTool.follow(program, course, this::hear);
        return files.end(unit, ended(now, exitCode), output);
    }

    private UnitFile ended(UnitFile now, int exitCode) {
        if (exitCode == 0) {
            return now.done();
        }
        if (course.cancelled()) {
            return now.failed(null, ProblemCode.WorkCancelled);
        }
        return exitCode == CORRUPT
                ? now.failed(output.text(), ProblemCode.DataCorrupt)
                : now.failed(output.text(), ProblemCode.EngineCommandFailed, "pg_amcheck", Integer.toString(exitCode));
    }

    /** The program redraws one line with its progress, and writes what it finds on lines of their own. */
    private void hear(String line) {
        for (String part : line.split("\r")) {
            Matcher progress = PROGRESS.matcher(part);
            if (progress.matches()) {
                course.say(
                        Messages.text("engine.doing.check.tables"),
                        new Measure(
                                Long.parseLong(progress.group(1)),
                                Long.parseLong(progress.group(2)),
                                Measure.Unit.STEPS));
            } else if (!part.isBlank()) {
                output.line(part);
            }
        }
    }
}
