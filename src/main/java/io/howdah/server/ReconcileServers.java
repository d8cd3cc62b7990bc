package io.howdah.server;

import io.howdah.shared.StandingJob;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;

/** Has the servers compared with what is wished of them. */
@Dependent
class ReconcileServers implements StandingJob {

    static final Duration EVERY = Duration.ofSeconds(10);

    @Inject
    private Reconciler reconciler;

    @Override
    public String name() {
        return "reconcile-servers";
    }

    @Override
    public Duration every() {
        return EVERY;
    }

    @Override
    public String run() {
        return reconciler.all();
    }
}
