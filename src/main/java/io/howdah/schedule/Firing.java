package io.howdah.schedule;

import io.howdah.shared.Ids;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import io.howdah.shared.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Runs what is due on a server, in the order of time and, at one instant, of creation. Each schedule has a transaction of
 * its own; one whose action can't begin leaves a failed run, and goes on to its next time like any other.
 */
@ApplicationScoped
class Firing {

    private static final Logger LOG = Logger.getLogger(Firing.class.getName());

    @Inject
    private DueRuns due;

    void fire(UUID scheduleId) {
        for (UUID id : due.inOrder(scheduleId)) {
            try {
                due.run(id);
            } catch (ProblemException e) {
                fail(id, e.problem());
            } catch (RuntimeException e) {
                String correlation = Ids.correlation();
                LOG.log(Level.SEVERE, "schedule " + id + " could not run; correlation id " + correlation, e);
                fail(id, Problem.of(ProblemCode.ScheduleRunBroke, correlation));
            }
        }
    }

    private void fail(UUID id, Problem problem) {
        try {
            due.fail(id, problem);
        } catch (RuntimeException e) {
            LOG.log(Level.SEVERE, "schedule " + id + " stays due; it is looked at again within minutes", e);
        }
    }
}
