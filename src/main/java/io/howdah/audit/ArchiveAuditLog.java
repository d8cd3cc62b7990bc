package io.howdah.audit;

import io.howdah.shared.Messages;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import io.howdah.shared.Settings;
import io.howdah.shared.StandingJob;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Moves records that are older than {@code HOWDAH_AUDIT_DAYS} into sealed files in the home, about a month at a time; without
 * that setting all stay where they are. A file is looked through before its records go, and their going is on record.
 */
@Dependent
class ArchiveAuditLog implements StandingJob {

    private static final Duration AT_A_TIME = Duration.ofDays(30);

    /** However long nothing was archived: removing records holds up whoever writes one. */
    private static final long MOST_RECORDS = 100_000;

    @Resource(lookup = "jdbc/howdah")
    private DataSource dataSource;

    @Inject
    private AuditLog log;

    @Inject
    private AuditAlarm alarm;

    @Inject
    private Settings settings;

    @Inject
    private Clock clock;

    @Override
    public String name() {
        return "archive-audit-log";
    }

    @Override
    public Duration every() {
        return Duration.ofHours(1);
    }

    @Override
    public String run() {
        String days = System.getenv("HOWDAH_AUDIT_DAYS");
        return days == null || days.isBlank() ? null : archive(Duration.ofDays(Long.parseLong(days.strip())));
    }

    String archive(Duration kept) {
        AuditTable table = new AuditTable(dataSource);
        Instant until = clock.instant().minus(kept);
        AuditRecord first = table.first().orElse(null);
        if (first == null || !first.at.isBefore(until.minus(AT_A_TIME))) {
            return null;
        }
        Seal seal = seal(table.seals(), first.number, until).orElse(null);
        if (seal == null) {
            return null;
        }
        Path file = ArchiveFile.write(settings.home().resolve("audit/archive"), table, first.number, seal);
        Verdict verdict = ArchiveFile.verify(file, SealKey.in(settings.secrets()), table.seals());
        if (!verdict.whole()) {
            Problem notWhole = Problem.of(ProblemCode.AuditLogNotWhole, verdict.words());
            alarm.raise(notWhole);
            throw notWhole.raise();
        }
        log.archived(file.getFileName().toString(), first.number, seal);
        return Messages.text("job.archive-audit-log.did", first.number, seal.recordNumber(), file.getFileName());
    }

    /** The newest that is old enough, but of a part that is not too large if there is one. */
    private static Optional<Seal> seal(List<Seal> seals, long first, Instant until) {
        List<Seal> old = seals.stream()
                .filter(seal -> seal.recordNumber() >= first && seal.at().isBefore(until))
                .toList();
        return old.stream()
                .filter(seal -> seal.recordNumber() < first + MOST_RECORDS)
                .max(Comparator.comparingLong(Seal::number))
                .or(() -> old.stream().findFirst());
    }
}
