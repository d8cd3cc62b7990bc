package io.howdah.approval;

import io.howdah.access.Call;
import io.howdah.access.Caller;
import io.howdah.access.EventKind;
import io.howdah.access.Notice;
import io.howdah.access.Notices;
import io.howdah.access.Permission;
import io.howdah.access.Recorder;
import io.howdah.access.Scope;
import io.howdah.access.Target;
import io.howdah.shared.Ids;
import io.howdah.shared.Messages;
import io.howdah.shared.Problem;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What becomes of requests and of emergency access by itself, each in a transaction of its own. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class ApprovalEnds {

    private static final String BY_ITSELF = "howdah";

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Emergencies emergencies;

    @Inject
    private Recorder recorder;

    @Inject
    private Notices notices;

    @Inject
    private Event<ApprovalChanged> changes;

    @Inject
    private Clock clock;

    /** An approved call that is to be made now, and in whose name. */
    public record Due(Call call, UUID personId, String personName, Permission permission, Scope scope, Target target) {}

    /** Takes an approved call up, once: of two that try at one instant, one gets nothing. */
    public Optional<Due> take(UUID id) {
        ApprovalRequest request = waiting(id);
        if (request == null
                || request.state != ApprovalState.APPROVED
                || request.triedAt != null
                || request.isOver(clock.instant())) {
            return Optional.empty();
        }
        request.triedAt = clock.instant();
        return Optional.of(new Due(
                request.call(),
                request.personId,
                request.personName,
                request.permission(),
                request.scope(),
                request.target()));
    }

    /** Approved calls that nobody has taken up, since whoever was to do so died. */
    public List<UUID> untaken() {
        return entities.createQuery(
                        "select r.id from ApprovalRequest r where r.state = :approved and r.triedAt is null and r.endsAt > :now",
                        UUID.class)
                .setParameter("approved", ApprovalState.APPROVED)
                .setParameter("now", clock.instant())
                .getResultList();
    }

    /** It is no longer what was approved. */
    public void stale(UUID id, Problem why) {
        end(id, ApprovalState.STALE, why);
    }

    /** Whoever asked may not do it any more. */
    public void failed(UUID id, Problem why) {
        end(id, ApprovalState.FAILED, why);
    }

    /** It could not be done just now; whoever asked may try again while the approval lives. */
    public void notNow(UUID id, Problem why) {
        ApprovalRequest request = waiting(id);
        if (request != null) {
            request.problem = words(why);
            tell(request, "approval.notice.notNow", request.problem);
        }
    }

    /** Ends what nobody has decided or done in time. */
    public int expire() {
        List<UUID> over = entities.createQuery(
                        "select r.id from ApprovalRequest r where r.state in :waiting and r.endsAt <= :now", UUID.class)
                .setParameter("waiting", List.of(ApprovalState.OPEN, ApprovalState.APPROVED))
                .setParameter("now", clock.instant())
                .getResultList();
        over.forEach(id -> end(id, ApprovalState.EXPIRED, null));
        return over.size();
    }

    /** Ends emergency access whose time is over. */
    public int endEmergencies() {
        List<BreakGlass> over = emergencies.over();
        for (BreakGlass emergency : over) {
            emergency.end(emergency.endsAt, BY_ITSELF);
            record(
                    Permission.APPROVALS_BREAK_GLASS,
                    emergency.scope(),
                    new Target("person", emergency.personId, emergency.personName),
                    Map.of("breakGlass", emergency.id.toString(), "ended", "true"));
            changes.fire(new ApprovalChanged());
        }
        return over.size();
    }

    private ApprovalRequest waiting(UUID id) {
        ApprovalRequest request = entities.find(ApprovalRequest.class, id, LockModeType.PESSIMISTIC_WRITE);
        return request == null || !request.state.waits() ? null : request;
    }

    private void end(UUID id, ApprovalState state, Problem why) {
        ApprovalRequest request = waiting(id);
        if (request == null) {
            return;
        }
        request.end(state);
        request.problem = why == null ? null : words(why);
        record(
                Permission.APPROVALS_DECIDE,
                request.scope(),
                request.target(),
                Map.of("approval", id.toString(), "requestedBy", request.personName, "state", state.name()));
        tell(
                request,
                state == ApprovalState.EXPIRED ? "approval.notice.expired" : "approval.notice.notDone",
                why == null ? "" : words(why));
    }

    private void record(Permission permission, Scope scope, Target target, Map<String, String> details) {
        recorder.accepted(new Caller(null, BY_ITSELF, null, Ids.correlation()), permission, scope, target, details);
    }

    private void tell(ApprovalRequest request, String text, String why) {
        notices.tell(new Notice(
                EventKind.APPROVAL_DECIDED,
                null,
                null,
                null,
                Messages.text(text + ".title", ApprovalWords.of(request)),
                Messages.text(text + ".text", why),
                "approvals/" + request.id,
                Set.of(request.personId)));
        changes.fire(new ApprovalChanged());
    }

    private static String words(Problem why) {
        return why.message() + " " + why.hint();
    }
}
