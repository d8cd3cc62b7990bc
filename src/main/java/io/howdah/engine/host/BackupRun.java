package io.howdah.engine.host;

import io.howdah.engine.BackupKind;
import io.howdah.engine.BackupTask;
import io.howdah.shared.Messages;
import io.howdah.shared.ProblemCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Takes one backup, once: the repository itself says whether the unit's backup is there. A backup that a portal left behind
 * when it died goes on by itself and is waited for.
 */
final class BackupRun {

    private static final int LOOK_MILLIS = 1_000;
    private static final int SAID_BYTES = 8_192;

    private final Repository repository;
    private final PgBackRest tool;
    private final CatalogueReader reader;
    private final UnitFiles files;
    private final UUID unit;
    private final UUID name;
    private final BackupTask task;
    private final Units.Course course;
    private final Path said;
    private final long bytes;
    private final UnitOutput output;
    private UnitFile now;

    /**
     * @param name the unit that the backup is known as in the repository
     * @param bytes how much the server holds, as far as known
     */
    BackupRun(
            Repository repository,
            PgBackRest tool,
            CatalogueReader reader,
            UnitFiles files,
            UUID unit,
            UUID name,
            BackupTask task,
            Units.Course course,
            Path said,
            long bytes) {
        this.repository = repository;
        this.tool = tool;
        this.reader = reader;
        this.files = files;
        this.unit = unit;
        this.name = name;
        this.task = task;
        this.course = course;
        this.said = said;
        this.bytes = bytes;
        this.output = new UnitOutput("");
        course.speakThrough(output);
    }

    UnitFile run() {
        Optional<UnitFile> before = files.find(unit);
        String holder = UUID.randomUUID().toString();
        now = before.orElseGet(() -> UnitFile.fresh(holder)).takenBy(holder);
        files.take(unit, now);
        if (!awaitOthers()) {
            return cancelled();
        }
        if (taken()) {
            return files.end(unit, now.done(), output);
        }
        course.say(Messages.text("engine.doing.backup.copy"));
        int code = tool.run(
                new PgBackRest.Copying(words(), repository.root(), said, bytes, course.background()),
                course::cancelled,
                measure -> course.say(Messages.text("engine.doing.backup.copy"), measure));
        String text = Disk.tail(said, SAID_BYTES);
        text.lines().filter(line -> line.matches(".*(INFO|WARN|ERROR):.*")).forEach(output::line);
        if (taken()) {
            return files.end(unit, now.done(), output);
        }
        if (course.cancelled()) {
            return cancelled();
        }
        EngineFault fault = PgBackRest.fault(code, text);
        if (fault.failed().passing()) {
            throw fault;
        }
        return files.end(unit, now.failed(text, fault.failed().problem()), output);
    }

    /** @return false when cancelled meanwhile */
    private boolean awaitOthers() {
        while (reader.read(repository, tool).locked()) {
            if (course.cancelled()) {
                return false;
            }
            course.say(Messages.text("engine.doing.backup.wait"));
            course.background().giveWay();
            Pause.millis(LOOK_MILLIS);
        }
        return true;
    }

    private boolean taken() {
        return reader.read(repository, tool).bases().stream()
                .anyMatch(base -> name.equals(base.backup().unit()));
    }

    private UnitFile cancelled() {
        output.last("Cancelled.");
        return files.end(unit, now.failed(null, ProblemCode.WorkCancelled), output);
    }

    private List<String> words() {
        List<String> words = new ArrayList<>(List.of(
                "backup",
                "--type=" + type(task.kind()),
                "--no-expire-auto",
                // What is kept how long is decided elsewhere; without this the tool warns.
                "--repo1-retention-full=9999999",
                "--log-level-console=detail",
                "--annotation=" + CatalogueReader.UNIT + "=" + name));
        if (repository.remote()) {
            // Its WAL comes there by another way than PostgreSQL's own, and is looked for afterwards.
            words.add("--no-archive-check");
        }
        task.notes().forEach((key, text) -> words.add("--annotation=" + key + "=" + text));
        return words;
    }

    private static String type(BackupKind kind) {
        return switch (kind) {
            case FULL -> "full";
            case DIFFERENTIAL -> "diff";
            case INCREMENTAL -> "incr";
        };
    }
}
