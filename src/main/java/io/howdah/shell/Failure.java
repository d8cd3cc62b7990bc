package io.howdah.shell;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.server.ErrorEvent;
import com.vaadin.flow.server.ErrorHandler;
import io.howdah.access.Caller;
import io.howdah.access.Callers;
import io.howdah.shared.Ids;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What went wrong, as a problem a person can read, and the correlation id under which the log has the rest. */
record Failure(Problem problem, String correlationId) {

    private static final Logger LOG = LoggerFactory.getLogger(Failure.class);

    /** The problem somewhere among the causes; anything else is logged and becomes Internal. */
    static Failure of(Throwable thrown) {
        String correlationId = Callers.find().map(Caller::correlationId).orElseGet(Ids::correlation);
        return Problem.among(thrown)
                .map(problem -> new Failure(problem, correlationId))
                .orElseGet(() -> {
                    LOG.error("[{}] A request failed unexpectedly", correlationId, thrown);
                    return new Failure(Problem.of(ProblemCode.Internal), correlationId);
                });
    }

    /** Shows what fails outside of navigation, e.g. in a click, as a notice. */
    static final class Handler implements ErrorHandler {

        @Override
        public void error(ErrorEvent event) {
            Failure failure = Failure.of(event.getThrowable());
            UI ui = UI.getCurrent();
            if (ui == null || !ui.isAttached()) {
                return;
            }
            if (Callers.find().isEmpty() && failure.problem.code() == ProblemCode.SignInFailed) {
                // Signed out elsewhere or disabled since: a whole load leads to the sign-in page.
                ui.access(() -> ui.getPage().reload());
            } else {
                ui.access(() -> ProblemNotice.show(failure.problem, failure.correlationId));
            }
        }
    }
}
