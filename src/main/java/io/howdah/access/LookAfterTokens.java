package io.howdah.access;

import io.howdah.shared.Messages;
import io.howdah.shared.StandingJob;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;

/** Says in time that tokens and client secrets end, and forgets those that ended long ago. */
@Dependent
class LookAfterTokens implements StandingJob {

    @Inject
    private TokenKeeping keeping;

    @Override
    public String name() {
        return "look-after-tokens";
    }

    @Override
    public Duration every() {
        return Duration.ofHours(1);
    }

    @Override
    public String run() {
        int told = keeping.tellEnds();
        int forgotten = keeping.forget();
        return told + forgotten == 0 ? null : Messages.text("job.look-after-tokens.did", told, forgotten);
    }
}
