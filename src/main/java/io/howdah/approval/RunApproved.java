package io.howdah.approval;

import io.howdah.access.Access;
import io.howdah.access.Caller;
import io.howdah.access.Callers;
import io.howdah.access.Holders;
import io.howdah.access.Recorder;
import io.howdah.shared.Ids;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import io.howdah.shared.ProblemException;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Does what has been approved, in the name of whoever asked for it, once that is committed. All is validated and permitted
 * anew: what has changed meanwhile counts.
 */
@ApplicationScoped
class RunApproved {

    private static final Logger LOG = Logger.getLogger(RunApproved.class.getName());

    /** What it is about is gone, or not as it was. */
    private static final Set<ProblemCode> STALE = EnumSet.of(
            ProblemCode.ApprovalStale,
            ProblemCode.NotFound,
            ProblemCode.NameNotConfirmed,
            ProblemCode.ServerBeingDeleted,
            ProblemCode.ServerNotDeleted,
            ProblemCode.ServerBeingRemoved,
            ProblemCode.RestoreNothingToGoBackTo,
            ProblemCode.RequestDecided);

    /** Fired within the transaction that lets it be done. */
    record Approved(UUID id) {}

    @Resource
    private ManagedExecutorService executor;

    @Inject
    private ApprovalEnds ends;

    @Inject
    private Access access;

    @Inject
    private Holders holders;

    @Inject
    private Recorder recorder;

    void committed(@Observes(during = TransactionPhase.AFTER_SUCCESS) Approved approved) {
        try {
            executor.execute(() -> run(approved.id()));
        } catch (RejectedExecutionException e) {
            LOG.log(Level.FINE, "the container is shutting down; the standing job takes it up", e);
        }
    }

    /** Does nothing when somebody else is at it, or when only whoever asked can do it. */
    void run(UUID id) {
        ends.take(id).ifPresent(due -> {
            try {
                if (!due.call().answersSecret()) {
                    run(id, due);
                }
            } catch (RuntimeException e) {
                LOG.log(Level.SEVERE, "an approved act failed: " + id, e);
                ends.notNow(id, Problem.of(ProblemCode.Internal));
            }
        });
    }

    private void run(UUID id, ApprovalEnds.Due due) {
        Caller caller = new Caller(
                due.personId(), holders.name(due.personId()).orElse(due.personName()), null, Ids.correlation());
        if (!Callers.as(caller, () -> access.may(due.permission(), due.scope()))) {
            recorder.denied(caller, due.permission(), due.scope(), due.target());
            ends.failed(
                    id,
                    Problem.of(
                            ProblemCode.ApprovalNotAllowedAnyMore,
                            caller.name(),
                            due.permission().action()));
            return;
        }
        try {
            Callers.as(caller, due.call()::again);
        } catch (ProblemException refused) {
            if (STALE.contains(refused.problem().code())) {
                ends.stale(id, refused.problem());
            } else {
                ends.notNow(id, refused.problem());
            }
        }
    }
}
