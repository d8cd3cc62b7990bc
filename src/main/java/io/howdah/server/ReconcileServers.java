package io.howdah.server;

import io.howdah.engine.Engine;
import io.howdah.engine.Observation;
import io.howdah.engine.ServerKey;
import io.howdah.server.Server.Wish;
import io.howdah.shared.Messages;
import io.howdah.shared.StandingJob;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Compares what each server should do with what it does, and starts the operation that makes up the difference: after a
 * reboot of the host, say. It never invents wishes. Servers that an operation works on are left to that operation.
 */
@Dependent
class ReconcileServers implements StandingJob {

    private static final Logger LOG = Logger.getLogger(ReconcileServers.class.getName());

    /** After a failure nobody is helped by trying again every ten seconds. */
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMinutes(2);

    @Inject
    private Engine engine;

    @Inject
    private ServerTable records;

    @Inject
    private Reconciliation reconciliation;

    @Inject
    private Clock clock;

    @Override
    public String name() {
        return "reconcile-servers";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(10);
    }

    @Override
    public String run() {
        int begun = 0;
        int failed = 0;
        for (UUID id : reconciliation.idle()) {
            try {
                begun += reconcile(id) ? 1 : 0;
            } catch (RuntimeException e) {
                failed++;
                LOG.log(Level.WARNING, "server " + id + " could not be compared with its wish", e);
            }
        }
        return begun + failed == 0 ? null : Messages.text("job.reconcile-servers.did", begun, failed);
    }

    /** Whether there was something to make up for. */
    private boolean reconcile(UUID id) {
        Observation seen = engine.observe(new ServerKey(id));
        records.observed(id, seen);
        boolean shouldRun = !records.deleted(id) && records.wish(id) == Wish.RUNNING;
        boolean runs = seen.state() == Observation.State.RUNNING;
        boolean still = seen.state() == Observation.State.STOPPED || seen.state() == Observation.State.ABSENT;
        if (shouldRun && !runs && seen.state() != Observation.State.ABSENT) {
            return reconciliation.begin(id, true, clock.instant().minus(PAUSE_AFTER_FAILURE));
        }
        return !shouldRun
                && !still
                && reconciliation.begin(id, false, clock.instant().minus(PAUSE_AFTER_FAILURE));
    }
}
