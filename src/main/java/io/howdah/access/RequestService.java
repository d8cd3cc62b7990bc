package io.howdah.access;

import io.howdah.shared.Ids;
import io.howdah.shared.Messages;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Asking for a role, and deciding what is asked. Whoever may give the role is told, and afterwards whoever asked. */
@Stateless
public class RequestService {

    private static final int MAX_WORDS = 500;

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Access access;

    @Inject
    private Grants grants;

    @Inject
    private Places places;

    @Inject
    private Holders holders;

    @Inject
    private Notices notices;

    @Inject
    private Clock clock;

    /** Where a role can be asked for: any team, and below it what the caller sees already. */
    public List<PlaceView> places() {
        Reach seen = access.reach(Permission.SERVERS_READ);
        return places.within(Reach.EVERYWHERE).stream()
                .filter(place -> place.scope().isTeam() || seen.includes(place.scope()))
                .toList();
    }

    /** The caller's own requests, the newest first. */
    public List<RequestView> mine() {
        Caller me = access.permit(Permission.PROFILE_WRITE, Scope.INSTALLATION, null);
        return entities.createQuery(
                        "select r from RoleRequest r where r.personId = :me order by r.askedAt desc", RoleRequest.class)
                .setParameter("me", me.personId())
                .setMaxResults(20)
                .getResultStream()
                .map(this::view)
                .toList();
    }

    /** What waits for somebody like the caller to decide, the oldest first. */
    public List<RequestView> open() {
        Reach reach = access.reach(Permission.ACCESS_WRITE);
        return entities.createQuery(
                        "select r from RoleRequest r where r.state = :open order by r.askedAt", RoleRequest.class)
                .setParameter("open", RequestState.OPEN)
                .getResultStream()
                .filter(request -> reach.includes(request.scope()))
                .map(this::view)
                .toList();
    }

    /**
     * Asks for a role.
     *
     * @throws io.howdah.shared.ProblemException NotFound, RequestWordsMissing
     */
    public UUID ask(String role, Scope scope, String reason) {
        String why = words(reason, "reason");
        if (role == null || entities.find(RoleEntry.class, role) == null) {
            throw Problem.of(ProblemCode.NotFound, "role", String.valueOf(role))
                    .at("role")
                    .raise();
        }
        PlaceView place = places().stream()
                .filter(offered -> offered.scope().equals(scope))
                .findFirst()
                .orElseThrow(() -> Problem.of(ProblemCode.NotFound, "place", "")
                        .at("place")
                        .raise());
        Caller me = Callers.current();
        access.change(
                Permission.PROFILE_WRITE,
                Scope.INSTALLATION,
                new Target("person", me.personId(), me.name()),
                Map.of("asksFor", role, "place", named(place), "reason", why));
        RoleRequest request = new RoleRequest();
        request.id = Ids.random();
        request.personId = me.personId();
        request.role = role;
        request.teamId = scope.teamId();
        request.projectId = scope.projectId();
        request.serverId = scope.serverId();
        request.reason = why;
        request.askedAt = clock.instant();
        request.state = RequestState.OPEN;
        entities.persist(request);
        tell(
                EventKind.ACCESS_REQUESTED,
                Messages.text("access.request.asked.title", me.name(), role),
                Messages.text("access.request.asked.text", named(place), why),
                "access?part=requests",
                holders.of(Permission.ACCESS_WRITE, scope));
        return request.id;
    }

    /** Takes back one's own request. */
    public void withdraw(UUID requestId) {
        RoleRequest request = find(requestId);
        Caller me = Callers.current();
        if (!request.personId.equals(me.personId())) {
            attempted(Permission.PROFILE_WRITE, request);
            throw notFound(requestId);
        }
        access.change(
                Permission.PROFILE_WRITE,
                Scope.INSTALLATION,
                new Target("person", me.personId(), me.name()),
                Map.of("withdraws", request.role));
        requireOpen(request);
        request.decide(RequestState.WITHDRAWN, me, null, clock.instant());
    }

    /** Gives what was asked for. */
    @Approvable
    public void approve(UUID requestId) {
        RoleRequest request = decidable(requestId);
        Person person = entities.find(Person.class, request.personId);
        Caller caller = change(
                request,
                person,
                Map.of("role", request.role, "given", "true", "asked", request.reason),
                grants.protection(request.role));
        requireOpen(request);
        grants.requireMayGive(request.role, request.scope());
        grants.give(Grants.Holder.person(request.personId), request.role, request.scope(), null, caller);
        request.decide(RequestState.GIVEN, caller, null, clock.instant());
        tell(
                EventKind.ACCESS_DECIDED,
                Messages.text("access.request.given.title", request.role),
                Messages.text("access.request.given.text", caller.name(), place(request)),
                "profile/permissions",
                Set.of(request.personId));
    }

    /** @param answer why not, for whoever asked */
    public void refuse(UUID requestId, String answer) {
        String words = words(answer, "answer");
        RoleRequest request = decidable(requestId);
        Person person = entities.find(Person.class, request.personId);
        Caller caller = change(request, person, Map.of("role", request.role, "refused", words), null);
        requireOpen(request);
        request.decide(RequestState.REFUSED, caller, words, clock.instant());
        tell(
                EventKind.ACCESS_DECIDED,
                Messages.text("access.request.refused.title", request.role),
                Messages.text("access.request.refused.text", caller.name(), words),
                "profile/permissions",
                Set.of(request.personId));
    }

    private Caller change(RoleRequest request, Person person, Map<String, String> details, ProtectedAction action) {
        return access.change(
                Permission.ACCESS_WRITE,
                request.scope(),
                new Target("person", person.id, person.name),
                details,
                action);
    }

    private void tell(EventKind kind, String title, String text, String link, Set<UUID> people) {
        notices.tell(new Notice(kind, null, null, null, title, text, link, people));
    }

    /** Whoever may see neither the request nor who has access there learns nothing of it. */
    private RoleRequest decidable(UUID id) {
        RoleRequest request = find(id);
        boolean own = request.personId.equals(Callers.current().personId());
        if (!own && !access.may(Permission.ACCESS_READ, request.scope())) {
            attempted(Permission.ACCESS_WRITE, request);
            throw notFound(id);
        }
        return request;
    }

    private void attempted(Permission permission, RoleRequest request) {
        Person person = entities.find(Person.class, request.personId);
        access.attempted(permission, request.scope(), new Target("person", person.id, person.name));
    }

    /** Held until the transaction ends, so that it is decided once. */
    private RoleRequest find(UUID id) {
        Callers.current();
        RoleRequest request = id == null ? null : entities.find(RoleRequest.class, id, LockModeType.PESSIMISTIC_WRITE);
        if (request == null) {
            throw notFound(id);
        }
        return request;
    }

    private static RuntimeException notFound(UUID id) {
        return Problem.of(ProblemCode.NotFound, "request", String.valueOf(id)).raise();
    }

    private static void requireOpen(RoleRequest request) {
        if (request.state != RequestState.OPEN) {
            throw Problem.of(ProblemCode.RequestDecided, String.valueOf(request.decidedBy))
                    .raise();
        }
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

    private String place(RoleRequest request) {
        PlaceView place = places.all().get(request.scope());
        return place == null ? "" : named(place);
    }

    private static String named(PlaceView place) {
        return place.path() == null ? Messages.text("access.installation") : place.path();
    }

    private RequestView view(RoleRequest request) {
        PlaceView place = places.all().get(request.scope());
        return new RequestView(
                request.id,
                entities.find(Person.class, request.personId).name,
                request.role,
                request.scope(),
                place == null ? null : place.path(),
                request.reason,
                request.askedAt,
                request.state,
                request.decidedBy,
                request.answer);
    }
}
