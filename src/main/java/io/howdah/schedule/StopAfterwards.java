package io.howdah.schedule;

import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import io.howdah.shared.ProblemException;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Stops the servers that were started for a run alone, once that has ended. It has a transaction of its own, so that
 * nothing can keep the operation from ending; until it has succeeded the run's row says that it is still to be done.
 */
@ApplicationScoped
class StopAfterwards {

    private static final Logger LOG = Logger.getLogger(StopAfterwards.class.getName());

    @Resource
    private ManagedExecutorService executor;

    @Inject
    private RunEnds ends;

    void ended(@Observes(during = TransactionPhase.AFTER_SUCCESS) RunEnds.StopOwed owed) {
        try {
            executor.execute(this::all);
        } catch (RejectedExecutionException e) {
            LOG.log(Level.FINE, "the container is shutting down; whoever starts next does it", e);
        }
    }

    void all() {
        for (UUID run : ends.toStop()) {
            try {
                ends.stop(run);
            } catch (ProblemException e) {
                ends.giveUpStop(run, e.problem());
            } catch (RuntimeException e) {
                LOG.log(Level.SEVERE, "the server of run " + run + " could not be stopped", e);
                ends.giveUpStop(run, Problem.of(ProblemCode.Internal));
            }
        }
    }
}
