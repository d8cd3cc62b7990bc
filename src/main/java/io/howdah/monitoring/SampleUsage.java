package io.howdah.monitoring;

import io.howdah.engine.Engine;
import io.howdah.shared.StandingJob;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;

/** Keeps what the servers use, minute by minute. */
@Dependent
class SampleUsage implements StandingJob {

    static final Duration EVERY = Duration.ofMinutes(1);

    @Inject
    private Engine engine;

    @Inject
    private UsageSampling sampling;

    @Override
    public String name() {
        return "sample-usage";
    }

    @Override
    public Duration every() {
        return EVERY;
    }

    @Override
    public String run() {
        sampling.run(engine.capabilities().shared());
        return null;
    }
}
