package io.howdah.audit;

import io.howdah.shared.Messages;
import io.howdah.shared.ProblemException;
import io.howdah.shared.Settings;
import io.howdah.shared.StandingJob;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import javax.sql.DataSource;

/** Signs once a day (UTC) how far the audit log has come; tried every hour, so that a portal that was off makes up for it. */
@Dependent
class SealAuditLog implements StandingJob {

    @Resource(lookup = "jdbc/howdah")
    private DataSource dataSource;

    @Inject
    private AuditAlarm alarm;

    @Inject
    private Settings settings;

    @Inject
    private Clock clock;

    @Override
    public String name() {
        return "seal-audit-log";
    }

    @Override
    public Duration every() {
        return Duration.ofHours(1);
    }

    @Override
    public String run() {
        Seals seals = new Seals(dataSource, settings.home());
        Instant now = clock.instant();
        if (!seals.newest().isBefore(now.truncatedTo(ChronoUnit.DAYS))) {
            return null;
        }
        try {
            return seals.seal(now)
                    .map(seal -> Messages.text("job.seal-audit-log.did", seal.number(), seal.recordNumber()))
                    .orElse(null);
        } catch (ProblemException notWhole) {
            alarm.raise(notWhole.problem());
            throw notWhole;
        }
    }
}
