package io.howdah.approval;

import io.howdah.access.Access;
import io.howdah.access.Approvals.Act;
import io.howdah.access.Caller;
import io.howdah.access.Callers;
import io.howdah.access.EventKind;
import io.howdah.access.Holders;
import io.howdah.access.Notice;
import io.howdah.access.Notices;
import io.howdah.access.Permission;
import io.howdah.access.Reach;
import io.howdah.access.Recorder;
import io.howdah.access.Scope;
import io.howdah.access.Target;
import io.howdah.access.Teams;
import io.howdah.shared.Ids;
import io.howdah.shared.Json;
import io.howdah.shared.Messages;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Asking for a second person, and being it. Who may decide is told, and afterwards whoever asked. */
@Stateless
public class ApprovalService {

    private static final int MAX_WORDS = 500;
    private static final int SHOWN = 100;
    private static final List<ApprovalState> WAITING = List.of(ApprovalState.OPEN, ApprovalState.APPROVED);

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Access access;

    @Inject
    private Holders holders;

    @Inject
    private Policies policies;

    @Inject
    private Teams teams;

    @Inject
    private Trial trial;

    @Inject
    private Recorder recorder;

    @Inject
    private Notices notices;

    @Inject
    private Event<ApprovalChanged> changes;

    @Inject
    private Event<RunApproved.Approved> approvals;

    @Inject
    private Clock clock;

    /**
     * Whether a call needs a second person now. Nothing of it is done or recorded.
     *
     * @param call of one service method, by whoever asks
     * @throws io.howdah.shared.ProblemException what the method itself would raise first
     */
    public Optional<ApprovalNeed> needed(Runnable call) {
        Caller me = access.permit(Permission.PROFILE_WRITE, Scope.INSTALLATION, null);
        Asking asking = Asking.of(() -> trial.run(call));
        return asking.needed() ? Optional.of(need(asking.act(), me)) : Optional.empty();
    }

    /**
     * Asks somebody else to approve a call, which is done in the caller's name once they have.
     *
     * @param reason for who decides
     * @param call of one service method
     * @return the request's id
     * @throws io.howdah.shared.ProblemException what the method itself would raise first; RequestWordsMissing,
     *     ApprovalNotNeeded, ApprovalAsked, ApprovalByNobody
     */
    public UUID ask(String reason, Runnable call) {
        String why = words(reason, "reason");
        Caller me = access.permit(Permission.PROFILE_WRITE, Scope.INSTALLATION, null);
        Asking asking = Asking.of(() -> trial.run(call));
        if (!asking.needed()) {
            throw Problem.of(ProblemCode.ApprovalNotNeeded).raise();
        }
        Act act = asking.act();
        Map<String, String> details = new HashMap<>(act.details());
        details.put("asksFor", act.permission().action());
        details.put("reason", why);
        access.change(Permission.PROFILE_WRITE, act.scope(), act.target(), details);
        if (need(act, me).approvers().isEmpty()) {
            throw Problem.of(ProblemCode.ApprovalByNobody, act.target().name()).raise();
        }
        ApprovalRequest request = new ApprovalRequest();
        request.of(act, asking.call());
        requireNew(request, me);
        request.id = Ids.random();
        request.personId = me.personId();
        request.personName = me.name();
        request.reason = why;
        request.askedAt = clock.instant();
        request.endsAt = request.askedAt.plus(lives(request).requested());
        request.state = ApprovalState.OPEN;
        entities.persist(request);
        Set<UUID> approvers = new HashSet<>(holders.of(Permission.APPROVALS_DECIDE, request.scope()));
        approvers.remove(me.personId());
        tell(
                EventKind.APPROVAL_REQUESTED,
                request,
                Messages.text("approval.notice.asked.title", me.name(), ApprovalWords.of(request)),
                Messages.text("approval.notice.asked.text", why),
                approvers);
        return request.id;
    }

    /**
     * Lets the act be done: at once, in the name of whoever asked.
     *
     * @param comment for whoever asked, or null
     * @throws io.howdah.shared.ProblemException ApprovalOwn, ApprovalByProgram, ApprovalDecided
     */
    public void approve(UUID requestId, String comment) {
        ApprovalRequest request = find(requestId);
        String words = comment == null || comment.isBlank() ? null : words(comment, "comment");
        Caller me = decide(request, Map.of("approved", "true"), words);
        request.approve(me, words, clock.instant(), lives(request).approved());
        tell(
                EventKind.APPROVAL_DECIDED,
                request,
                Messages.text("approval.notice.approved.title", ApprovalWords.of(request)),
                Messages.text(
                        request.call().answersSecret()
                                ? "approval.notice.approved.byHand"
                                : "approval.notice.approved.text",
                        me.name()),
                Set.of(request.personId));
        approvals.fire(new RunApproved.Approved(request.id));
    }

    /** @param comment why not, for whoever asked */
    public void refuse(UUID requestId, String comment) {
        ApprovalRequest request = find(requestId);
        String words = words(comment, "comment");
        Caller me = decide(request, Map.of("approved", "false"), words);
        request.decide(ApprovalState.REFUSED, me, words, clock.instant());
        tell(
                EventKind.APPROVAL_DECIDED,
                request,
                Messages.text("approval.notice.refused.title", ApprovalWords.of(request)),
                Messages.text("approval.notice.refused.text", me.name(), words),
                Set.of(request.personId));
    }

    /** Takes back one's own request, or an approval that one does not use. */
    public void withdraw(UUID requestId) {
        ApprovalRequest request = own(requestId, "withdraws");
        if (!request.state.waits()) {
            throw decided(request);
        }
        request.end(ApprovalState.WITHDRAWN);
        changes.fire(new ApprovalChanged());
    }

    /** Tries again what was approved and could not be done then. */
    public void tryAgain(UUID requestId) {
        ApprovalRequest request = own(requestId, "triesAgain");
        if (request.state != ApprovalState.APPROVED || request.isOver(clock.instant())) {
            throw decided(request);
        }
        request.triedAt = null;
        approvals.fire(new RunApproved.Approved(request.id));
    }

    /** What waits for somebody like the caller to decide, the oldest first. */
    public List<ApprovalView> waiting() {
        UUID me = Callers.current().personId();
        Reach reach = access.reach(Permission.APPROVALS_DECIDE);
        return entities.createQuery(
                        "select r from ApprovalRequest r where r.state = :open and r.endsAt > :now order by r.askedAt",
                        ApprovalRequest.class)
                .setParameter("open", ApprovalState.OPEN)
                .setParameter("now", clock.instant())
                .getResultStream()
                .filter(request -> !request.personId.equals(me) && reach.includes(request.scope()))
                .map(this::view)
                .toList();
    }

    /** The caller's own requests, the newest first. */
    public List<ApprovalView> mine() {
        Caller me = access.permit(Permission.PROFILE_WRITE, Scope.INSTALLATION, null);
        return entities.createQuery(
                        "select r from ApprovalRequest r where r.personId = :me order by r.askedAt desc",
                        ApprovalRequest.class)
                .setParameter("me", me.personId())
                .setMaxResults(SHOWN)
                .getResultStream()
                .map(this::view)
                .toList();
    }

    /** What was decided or came to an end where the caller decides or reads the audit log, the newest first. */
    public List<ApprovalView> done() {
        Reach decides = access.reach(Permission.APPROVALS_DECIDE);
        Reach reads = access.reach(Permission.AUDIT_READ);
        return entities.createQuery(
                        "select r from ApprovalRequest r where r.state <> :open order by r.askedAt desc",
                        ApprovalRequest.class)
                .setParameter("open", ApprovalState.OPEN)
                .getResultStream()
                .filter(request -> decides.includes(request.scope()) || reads.includes(request.scope()))
                .limit(SHOWN)
                .map(this::view)
                .toList();
    }

    /** @throws io.howdah.shared.ProblemException NotFound, also when the caller may not see it */
    public ApprovalView get(UUID requestId) {
        Caller me = Callers.current();
        ApprovalRequest request = requestId == null ? null : entities.find(ApprovalRequest.class, requestId);
        requireSeen(request, requestId, me.personId());
        return view(request);
    }

    private boolean mayLook(ApprovalRequest request) {
        return access.may(Permission.APPROVALS_DECIDE, request.scope())
                || access.may(Permission.AUDIT_READ, request.scope());
    }

    private Caller decide(ApprovalRequest request, Map<String, String> details, String words) {
        boolean own = request.personId.equals(Callers.current().personId());
        // Whoever asks may hold the tokens of a program that may decide.
        if (own || Callers.current().token() != null) {
            recorder.denied(Callers.current(), Permission.APPROVALS_DECIDE, request.scope(), request.target());
            throw Problem.of(own ? ProblemCode.ApprovalOwn : ProblemCode.ApprovalByProgram)
                    .raise();
        }
        Map<String, String> recorded = new HashMap<>(details);
        recorded.put("approval", request.id.toString());
        recorded.put("requestedBy", request.personName);
        recorded.put("decides", request.permission);
        if (words != null) {
            recorded.put("comment", words);
        }
        Caller me = access.change(Permission.APPROVALS_DECIDE, request.scope(), request.target(), recorded);
        if (request.state != ApprovalState.OPEN || request.isOver(clock.instant())) {
            throw decided(request);
        }
        return me;
    }

    /** Held until the transaction ends, so that it is decided once. */
    private ApprovalRequest find(UUID id) {
        UUID me = Callers.current().personId();
        ApprovalRequest request =
                id == null ? null : entities.find(ApprovalRequest.class, id, LockModeType.PESSIMISTIC_WRITE);
        requireSeen(request, id, me);
        return request;
    }

    private void requireSeen(ApprovalRequest request, UUID id, UUID me) {
        if (request == null) {
            throw notFound(id);
        }
        if (!request.personId.equals(me) && !mayLook(request)) {
            access.attempted(Permission.APPROVALS_DECIDE, request.scope(), request.target());
            throw notFound(id);
        }
    }

    private ApprovalRequest own(UUID id, String does) {
        ApprovalRequest request = find(id);
        if (!request.personId.equals(Callers.current().personId())) {
            throw notFound(id);
        }
        access.change(
                Permission.PROFILE_WRITE,
                request.scope(),
                request.target(),
                Map.of("approval", request.id.toString(), does, request.permission));
        return request;
    }

    /** One that waits already is not asked for twice. */
    private void requireNew(ApprovalRequest wanted, Caller me) {
        entities.createQuery(
                        "select r from ApprovalRequest r where r.personId = :me and r.method = :method and r.arguments = :arguments and r.state in :waiting",
                        ApprovalRequest.class)
                .setParameter("me", me.personId())
                .setParameter("method", wanted.method)
                .setParameter("arguments", wanted.arguments)
                .setParameter("waiting", WAITING)
                .getResultStream()
                .findFirst()
                .ifPresent(there -> {
                    throw Problem.of(ProblemCode.ApprovalAsked, there.targetName)
                            .raise();
                });
    }

    private record Lives(Duration requested, Duration approved) {}

    private Lives lives(ApprovalRequest request) {
        ApprovalPolicy policy = policies.of(request.teamId);
        return new Lives(Duration.ofHours(policy.requestHours()), Duration.ofHours(policy.approvalHours()));
    }

    private ApprovalNeed need(Act act, Caller me) {
        List<String> approvers = holders.of(Permission.APPROVALS_DECIDE, act.scope()).stream()
                .filter(person -> !person.equals(me.personId()))
                .map(person -> holders.name(person).orElse(null))
                .filter(Objects::nonNull)
                .sorted()
                .toList();
        return new ApprovalNeed(act.action(), act.target().name(), teamName(act.scope()), approvers);
    }

    private String teamName(Scope scope) {
        return scope.isInstallation() ? null : teams.names().get(scope.teamId());
    }

    private void tell(EventKind kind, ApprovalRequest request, String title, String text, Set<UUID> people) {
        notices.tell(new Notice(kind, null, null, null, title, text, "approvals/" + request.id, people));
        changes.fire(new ApprovalChanged());
    }

    private ApprovalView view(ApprovalRequest request) {
        boolean mine = request.personId.equals(Callers.current().personId());
        boolean over = request.state.waits() && request.isOver(clock.instant());
        Instant now = clock.instant();
        Target target = request.target();
        return new ApprovalView(
                request.id,
                request.action,
                request.scope(),
                teamName(request.scope()),
                target.type(),
                target.name(),
                Json.readMap(request.details),
                request.personName,
                request.reason,
                request.askedAt,
                request.endsAt,
                over ? ApprovalState.EXPIRED : request.state,
                request.decidedBy,
                request.decidedAt,
                request.answer,
                request.problem,
                request.doneAt,
                request.correlationId,
                mine,
                !mine
                        && request.state == ApprovalState.OPEN
                        && !request.isOver(now)
                        && access.may(Permission.APPROVALS_DECIDE, request.scope()),
                request.state == ApprovalState.APPROVED && request.call().answersSecret());
    }

    private static String words(String text, String field) {
        String words = text == null ? "" : text.strip();
        if (words.isEmpty() || words.length() > MAX_WORDS) {
            throw Problem.of(ProblemCode.RequestWordsMissing, MAX_WORDS)
                    .at(field)
                    .raise();
        }
        return words;
    }

    private static RuntimeException decided(ApprovalRequest request) {
        ApprovalState now = request.state.waits() ? ApprovalState.EXPIRED : request.state;
        return Problem.of(ProblemCode.ApprovalDecided, ApprovalWords.of(now)).raise();
    }

    private static RuntimeException notFound(UUID id) {
        return Problem.of(ProblemCode.NotFound, "request", String.valueOf(id)).raise();
    }
}
