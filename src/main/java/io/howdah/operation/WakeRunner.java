package io.howdah.operation;

import io.howdah.shared.DatabaseException;
import io.howdah.shared.StandingJob;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;

/** The safety net under the runner: takes up what no commit announced, such as the work of a node that died. */
@Dependent
class WakeRunner implements StandingJob {

    @Inject
    private Runner runner;

    @Inject
    private Line line;

    @Inject
    private OperationEnds ends;

    @Override
    public String name() {
        return "wake-runner";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(5);
    }

    @Override
    public String run() {
        try {
            line.advanceAll();
            runner.wake();
            ends.makeUp();
        } catch (DatabaseException e) {
            // The runner has noticed that the database is away, and said so once.
            if (!DatabaseException.away(e)) {
                throw e;
            }
        }
        return null;
    }
}
