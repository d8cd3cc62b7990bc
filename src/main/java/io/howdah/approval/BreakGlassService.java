package io.howdah.approval;

import io.howdah.access.Access;
import io.howdah.access.AccessService;
import io.howdah.access.Caller;
import io.howdah.access.Callers;
import io.howdah.access.EventKind;
import io.howdah.access.Holders;
import io.howdah.access.Notice;
import io.howdah.access.Notices;
import io.howdah.access.Permission;
import io.howdah.access.Scope;
import io.howdah.access.Target;
import io.howdah.access.TeamView;
import io.howdah.access.Teams;
import io.howdah.shared.Ids;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Emergency access: somebody acts without a second person for a while. Everybody sees it, owners and approvers are told,
 * and each record made meanwhile carries it.
 */
@Stateless
public class BreakGlassService {

    public static final int MIN_REASON = 20;
    public static final int MAX_REASON = 500;
    public static final Duration USUAL = Duration.ofHours(1);
    public static final Duration SHORTEST = Duration.ofMinutes(5);
    public static final Duration LONGEST = Duration.ofHours(4);

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Access access;

    @Inject
    private AccessService people;

    @Inject
    private Holders holders;

    @Inject
    private Emergencies emergencies;

    @Inject
    private Teams teams;

    @Inject
    private Notices notices;

    @Inject
    private Event<ApprovalChanged> changes;

    @Inject
    private Clock clock;

    /** What lasts just now: one's own, that in the installation, and that in the teams the caller knows. */
    public List<BreakGlassView> current() {
        Caller me = access.permit(Permission.PROFILE_WRITE, Scope.INSTALLATION, null);
        List<BreakGlass> all = emergencies.all();
        if (all.isEmpty()) {
            return List.of();
        }
        Set<UUID> known = people.myTeams().stream().map(TeamView::id).collect(Collectors.toSet());
        Map<UUID, String> names = teams.names();
        return all.stream()
                .filter(one -> one.teamId == null || known.contains(one.teamId) || own(one, me))
                .map(one -> new BreakGlassView(
                        one.id,
                        one.personName,
                        one.teamId == null ? null : names.get(one.teamId),
                        one.reason,
                        one.beganAt,
                        one.endsAt,
                        own(one, me) || access.may(Permission.APPROVALS_DECIDE, one.scope())))
                .toList();
    }

    /**
     * Begins it.
     *
     * @param teamId null for the whole installation
     * @param reason at least {@link #MIN_REASON} characters
     * @throws io.howdah.shared.ProblemException BreakGlassReason, BreakGlassTime, NotFound, BreakGlassLasts
     */
    public UUID begin(UUID teamId, String reason, Duration lasts) {
        String why = reason == null ? "" : reason.strip();
        if (why.length() < MIN_REASON || why.length() > MAX_REASON) {
            throw Problem.of(ProblemCode.BreakGlassReason, MIN_REASON, MAX_REASON)
                    .at("reason")
                    .raise();
        }
        if (lasts == null || lasts.compareTo(SHORTEST) < 0 || lasts.compareTo(LONGEST) > 0) {
            throw Problem.of(ProblemCode.BreakGlassTime, SHORTEST.toMinutes(), LONGEST.toHours())
                    .at("lasts")
                    .raise();
        }
        Scope scope = new Scope(teamId, null, null);
        boolean there = teamId == null || teams.exists(teamId);
        if (!there
                || teamId != null
                        && !access.seesPlace(
                                Permission.APPROVALS_BREAK_GLASS, scope, new Target("team", teamId, name(teamId)))) {
            throw Problem.of(ProblemCode.NotFound, "team", teamId).at("team").raise();
        }
        Instant now = clock.instant();
        Instant until = now.plus(lasts);
        Caller caller = access.change(
                Permission.APPROVALS_BREAK_GLASS,
                scope,
                new Target(teamId == null ? "installation" : "team", teamId, name(teamId)),
                Map.of("reason", why, "until", until.toString()));
        // One that is over and was not ended yet would stand in the way.
        emergencies.over().stream().filter(one -> own(one, caller)).forEach(one -> one.end(one.endsAt, caller.name()));
        entities.flush();
        if (emergencies.all().stream().anyMatch(one -> own(one, caller) && Objects.equals(one.teamId, teamId))) {
            throw Problem.of(ProblemCode.BreakGlassLasts, name(teamId)).raise();
        }
        BreakGlass begun = new BreakGlass();
        begun.id = Ids.random();
        begun.personId = caller.personId();
        begun.personName = caller.name();
        begun.teamId = teamId;
        begun.reason = why;
        begun.beganAt = now;
        begun.endsAt = until;
        entities.persist(begun);
        tell(
                scope,
                Messages.text("approval.notice.bypassed.title", caller.name(), name(teamId)),
                Messages.text("approval.notice.bypassed.text", lasts.toMinutes(), why));
        return begun.id;
    }

    /** Ends it before its time: one's own, or as somebody who decides there. */
    public void end(UUID id) {
        Caller me = Callers.current();
        BreakGlass lasting = id == null ? null : entities.find(BreakGlass.class, id, LockModeType.PESSIMISTIC_WRITE);
        boolean mine = lasting != null && own(lasting, me);
        if (lasting == null
                || !mine
                        && !access.sees(
                                Permission.SERVERS_READ,
                                lasting.scope(),
                                new Target("person", lasting.personId, lasting.personName))) {
            throw Problem.of(ProblemCode.NotFound, "emergency access", String.valueOf(id))
                    .raise();
        }
        Caller caller = access.change(
                mine ? Permission.PROFILE_WRITE : Permission.APPROVALS_DECIDE,
                lasting.scope(),
                new Target("person", lasting.personId, lasting.personName),
                Map.of("breakGlass", id.toString(), "ended", "true"));
        if (lasting.endedAt == null) {
            lasting.end(clock.instant(), caller.name());
            tell(
                    lasting.scope(),
                    Messages.text("approval.notice.bypassEnded.title", lasting.personName, name(lasting.teamId)),
                    Messages.text("approval.notice.bypassEnded.text", caller.name()));
        }
    }

    private void tell(Scope scope, String title, String text) {
        Set<UUID> told = new HashSet<>(holders.of(Permission.APPROVALS_DECIDE, scope));
        told.addAll(holders.of(Permission.ACCESS_WRITE, scope));
        notices.tell(new Notice(EventKind.APPROVAL_BYPASSED, null, null, null, title, text, "approvals", told));
        changes.fire(new ApprovalChanged());
    }

    private String name(UUID teamId) {
        return teamId == null
                ? Messages.text("access.installation")
                : teams.names().get(teamId);
    }

    private static boolean own(BreakGlass one, Caller caller) {
        return one.personId.equals(caller.personId());
    }
}
