package io.howdah.approval;

import io.howdah.access.Approvals;
import io.howdah.access.Call;
import io.howdah.access.Caller;
import io.howdah.access.Recorder;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import io.howdah.shared.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Stands between the permission and the record of every change: what a policy protects passes with an approval of the very
 * call, once, or under emergency access.
 */
@ApplicationScoped
class ApprovalGate implements Approvals {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Policies policies;

    @Inject
    private Emergencies emergencies;

    @Inject
    private ApprovalEnds ends;

    @Inject
    private Recorder recorder;

    @Inject
    private Event<ApprovalChanged> changes;

    @Inject
    private Clock clock;

    @Override
    public Map<String, String> pass(Caller caller, Act act) {
        Optional<BreakGlass> emergency = emergencies.of(caller.personId(), act.scope());
        boolean needed = act.action() != null && emergency.isEmpty() && policies.protects(act.action(), act.scope());
        Optional<Asking> asking = Asking.current();
        if (act.action() != null && asking.isPresent()) {
            throw asking.get().stop(act, needed);
        }
        if (!needed) {
            return emergency.map(one -> Map.of("breakGlass", one.id.toString())).orElse(Map.of());
        }
        ApprovalRequest approved = Call.current()
                .flatMap(call -> approved(caller, call))
                .map(found -> use(found, act))
                .orElseThrow(() -> required(caller, act));
        approved.done(caller, clock.instant());
        changes.fire(new ApprovalChanged());
        return Map.of("approval", approved.id.toString(), "approvedBy", approved.decidedBy);
    }

    private Optional<UUID> approved(Caller caller, Call call) {
        return entities.createQuery(
                        "select r.id from ApprovalRequest r where r.state = :approved and r.endsAt > :now and r.personId = :person and r.method = :method and r.arguments = :arguments",
                        UUID.class)
                .setParameter("approved", ApprovalState.APPROVED)
                .setParameter("now", clock.instant())
                .setParameter("person", caller.personId())
                .setParameter("method", call.method())
                .setParameter("arguments", call.arguments())
                .getResultStream()
                .findFirst();
    }

    /** Held until the act's transaction ends, so that it is used once; null when another was faster. */
    private ApprovalRequest use(UUID id, Act act) {
        Instant now = clock.instant();
        if (!entities.find(ApprovalRequest.class, id).isOf(act)) {
            Problem changed = Problem.of(ProblemCode.ApprovalStale, act.target().name());
            ends.stale(id, changed);
            throw changed.raise();
        }
        ApprovalRequest held = entities.find(ApprovalRequest.class, id, LockModeType.PESSIMISTIC_WRITE);
        return held.state == ApprovalState.APPROVED && !held.isOver(now) ? held : null;
    }

    private ProblemException required(Caller caller, Act act) {
        recorder.denied(caller, act.permission(), act.scope(), act.target());
        return Problem.of(ProblemCode.ApprovalRequired, act.target().name()).raise();
    }
}
