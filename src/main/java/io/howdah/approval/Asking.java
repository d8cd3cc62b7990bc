package io.howdah.approval;

import io.howdah.access.Approvals.Act;
import io.howdah.access.Call;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import io.howdah.shared.ProblemException;
import java.util.Optional;

/**
 * Somebody asks what a call would need. The call is made as it is, so that it is validated and permitted by its own
 * service, and comes to its end where a second person is or would be needed: nothing has been recorded or done by then.
 */
final class Asking {

    private static final ThreadLocal<Asking> CURRENT = new ThreadLocal<>();

    private Act act;
    private Call call;
    private boolean needed;

    static Optional<Asking> current() {
        return Optional.ofNullable(CURRENT.get());
    }

    /** @param trial makes the call; what it raises for another reason goes on to whoever asks */
    static Asking of(Runnable trial) {
        Asking asking = new Asking();
        CURRENT.set(asking);
        try {
            trial.run();
        } catch (ProblemException stopped) {
            if (asking.act == null) {
                throw stopped;
            }
        } finally {
            CURRENT.remove();
        }
        return asking;
    }

    ProblemException stop(Act stopped, boolean secondPerson) {
        act = stopped;
        call = Call.current().orElse(null);
        needed = secondPerson && call != null;
        return Problem.of(ProblemCode.ApprovalRequired, act.target().name()).raise();
    }

    boolean needed() {
        return needed;
    }

    Act act() {
        return act;
    }

    Call call() {
        return call;
    }
}
