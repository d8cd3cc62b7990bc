package io.howdah.backup;

import io.howdah.shared.Messages;
import io.howdah.shared.StandingJob;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;

/** Closes the copies that are looked at when their time is over. */
@Dependent
class CloseLooks implements StandingJob {

    @Inject
    private LookKeeping keeping;

    @Override
    public String name() {
        return "close-looks";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    @Override
    public String run() {
        int closed = keeping.closeOverdue();
        return closed == 0 ? null : Messages.text("job.close-looks.did", closed);
    }
}
