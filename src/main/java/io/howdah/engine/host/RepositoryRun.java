package io.howdah.engine.host;

import io.howdah.engine.RecoverySpan;
import io.howdah.shared.Messages;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a whole repository. The tool compares every file with what was noted when it was written, but takes no offence at a
 * piece of WAL that is gone from the middle, and knows no other key than the one it was told: both are looked at here.
 */
final class RepositoryRun {

    private static final int SAID_BYTES = 1 << 20;
    private static final int NAMED = 3;
    private static final Pattern STATUS = Pattern.compile("(?m)^\\s*(?:.*INFO: )?\\s*status: (\\w+)");
    private static final Pattern DAMAGED = Pattern.compile(
            "(?:invalid checksum|invalid size|invalid result|file missing|missing file)[^'\\n]*'([^']+)'");
    private static final Pattern SUMMARY =
            Pattern.compile("(?:backup: (\\S+), status: invalid|archiveId: (\\S+), total WAL checked)");

    private final Repositories repositories;
    private final PgBackRest tool;
    private final CatalogueReader reader;
    private final UnitFiles files;
    private final UUID unit;
    private final Units.Course course;
    private final Path said;
    private final UnitOutput output = new UnitOutput("");

    RepositoryRun(
            Repositories repositories,
            PgBackRest tool,
            CatalogueReader reader,
            UnitFiles files,
            UUID unit,
            Units.Course course,
            Path said) {
        this.repositories = repositories;
        this.tool = tool;
        this.reader = reader;
        this.files = files;
        this.unit = unit;
        this.course = course;
        this.said = said;
        course.speakThrough(output);
    }

    UnitFile run(Repository repository) {
        String holder = UUID.randomUUID().toString();
        UnitFile now = files.find(unit).orElseGet(() -> UnitFile.fresh(holder)).takenBy(holder);
        files.take(unit, now);
        if (!repositories.keyFits(repository)) {
            return files.end(unit, now.failed(null, ProblemCode.RepositoryKeyDiffers), output);
        }
        String missing = missing(repository);
        if (missing != null) {
            output.line("missing: " + missing);
            return files.end(unit, now.failed(missing, ProblemCode.RepositoryWalMissing, missing), output);
        }
        Optional<Problem> damage = damage(repository);
        // A backup that expired meanwhile leaves files that were listed and are gone: that is no damage.
        if (damage.isPresent() && !course.cancelled()) {
            damage = damage(repository);
        }
        if (course.cancelled()) {
            return files.end(unit, now.failed(null, ProblemCode.WorkCancelled), output);
        }
        Disk.tail(said, SAID_BYTES).lines().forEach(output::line);
        UnitFile held = now;
        return damage.map(problem -> files.end(unit, held.failed(output.text(), problem), output))
                .orElseGet(() -> files.end(unit, held.done(), output));
    }

    /** The first piece of WAL without which some instants can't be restored, or null. */
    private String missing(Repository repository) {
        return reader.read(repository, tool).catalogue(false, repository.certain()).spans().stream()
                .map(RecoverySpan::missing)
                .filter(segment -> segment != null)
                .findFirst()
                .orElse(null);
    }

    private Optional<Problem> damage(Repository repository) {
        course.say(Messages.text("engine.doing.backup.read"));
        int code = tool.run(
                new PgBackRest.Copying(
                        List.of("verify", "--output=text", "--verbose", "--process-max=1", "--log-level-console=info"),
                        repository.root(),
                        said,
                        0,
                        course.background()),
                course::cancelled,
                measure -> {});
        String text = Disk.tail(said, SAID_BYTES);
        if (code != 0 && !course.cancelled()) {
            throw PgBackRest.fault(code, text);
        }
        Matcher status = STATUS.matcher(text);
        return status.find() && status.group(1).equals("ok")
                ? Optional.empty()
                : Optional.of(Problem.of(ProblemCode.RepositoryDamaged, damaged(text)));
    }

    /** The files that it names, or else the backups that they belong to. */
    static String damaged(String text) {
        List<String> named = DAMAGED.matcher(text)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
        if (named.isEmpty()) {
            named = SUMMARY.matcher(text)
                    .results()
                    .map(found -> found.group(1) == null
                            ? Messages.text("engine.fault.archive", found.group(2))
                            : found.group(1))
                    .distinct()
                    .toList();
        }
        String first = String.join(", ", named.subList(0, Math.min(NAMED, named.size())));
        return named.size() > NAMED ? first + ", …" : first;
    }
}
