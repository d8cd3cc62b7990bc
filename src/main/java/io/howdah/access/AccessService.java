package io.howdah.access;

import io.howdah.shared.Ids;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import io.howdah.shared.ProblemException;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** People, teams and roles: who is there, who may what, and changing it. */
@Stateless
public class AccessService {

    private static final Duration LINK_VALID = Duration.ofDays(3);

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Access access;

    @Inject
    private Grants grants;

    @Inject
    private Places places;

    @Inject
    private Passwords passwords;

    @Inject
    private Brakes brakes;

    @Inject
    private SecondFactors factors;

    @Inject
    private Sessions sessions;

    @Inject
    private Clock clock;

    /** The people with a role where the caller may read access; all of them for an installation-wide reader. */
    public List<PersonView> people() {
        Reach reach = access.reach(Permission.ACCESS_READ);
        Map<UUID, List<AssignmentView>> roles = grants.ofPeople();
        return entities.createQuery(
                        "select p from Person p where p.kind = :person order by lower(p.name)", Person.class)
                .setParameter("person", PersonKind.PERSON)
                .getResultStream()
                .map(person -> view(person, roles.getOrDefault(person.id, List.of())))
                .filter(person ->
                        reach.everywhere() || person.roles().stream().anyMatch(role -> reach.includes(role.scope())))
                .toList();
    }

    public List<TeamView> teams() {
        Reach reach = access.reach(Permission.ACCESS_READ);
        return teamsIn(team -> reach.includes(Scope.team(team)));
    }

    /** The teams in which the caller may see servers, be it a single one. */
    public List<TeamView> myTeams() {
        Reach reach = access.reach(Permission.SERVERS_READ);
        Set<UUID> touched = places.within(reach).stream()
                .map(place -> place.scope().teamId())
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        return teamsIn(touched::contains);
    }

    /** Where the caller may give roles. */
    public List<PlaceView> placesToGive() {
        return places.within(access.reach(Permission.ACCESS_WRITE));
    }

    public List<RoleView> roles() {
        access.reach(Permission.ACCESS_READ);
        Map<String, Set<String>> actions = entities.createQuery("select r from RoleAction r", RoleAction.class)
                .getResultStream()
                .collect(Collectors.groupingBy(
                        r -> r.role, Collectors.mapping(r -> r.action, Collectors.toCollection(TreeSet::new))));
        return entities.createQuery("select r from RoleEntry r order by r.position", RoleEntry.class)
                .getResultStream()
                .map(role -> new RoleView(
                        role.name, role.description, role.readyMade, actions.getOrDefault(role.name, Set.of())))
                .toList();
    }

    /** The caller, as others see them. */
    public PersonView me() {
        Caller caller = access.permit(Permission.PROFILE_WRITE, Scope.INSTALLATION, null);
        Person person = person(caller.personId());
        return view(person, grants.ofPeople().getOrDefault(person.id, List.of()));
    }

    /**
     * Adds a person with one role and gives a link with which they set their password.
     *
     * @param scope where the role holds
     * @throws io.howdah.shared.ProblemException GrantTooMuch when the role has more than the caller holds there
     */
    @Approvable(answersSecret = true)
    public OneTimeLink invite(String name, String displayName, String role, Scope scope) {
        if (name == null || !SignIn.PERSON_NAME.matcher(name.strip()).matches()) {
            throw Problem.of(ProblemCode.PersonNameInvalid).at("name").raise();
        }
        String wanted = name.strip();
        String shown = DisplayNames.check(displayName, wanted);
        requireRole(role);
        places.require(Permission.ACCESS_WRITE, scope);
        Target target = new Target("person", null, wanted);
        Caller caller = access.change(
                Permission.ACCESS_WRITE,
                scope,
                target,
                Map.of("role", role, "invited", "true"),
                grants.protection(role));
        grants.requireMayGive(role, scope);
        entities.createNativeQuery("lock table person in exclusive mode").executeUpdate();
        if (!entities.createQuery("select p.id from Person p where lower(p.name) = lower(:name)")
                .setParameter("name", wanted)
                .getResultList()
                .isEmpty()) {
            throw Problem.of(ProblemCode.PersonNameTaken, wanted).at("name").raise();
        }
        Person person = new Person();
        person.id = Ids.random();
        person.name = wanted;
        person.displayName = shown;
        person.createdAt = clock.instant();
        entities.persist(person);
        entities.flush();
        grants.give(Grants.Holder.person(person.id), role, scope, null, caller);
        return link(person);
    }

    /** A new one-time link for somebody who lost the first one or forgot the password; older links end. */
    @Approvable(answersSecret = true)
    public OneTimeLink newLink(UUID personId) {
        Person person = visible(personId);
        if (person.kind != PersonKind.PERSON) {
            throw notFound(personId);
        }
        changePerson(person, Map.of("newLink", "true"), protection(person));
        // Whoever has the link has the account, and so all that it may do.
        rolesOf(person).forEach(role -> grants.requireMayGive(role.role(), role.scope()));
        brakes.forget(person.name);
        entities.createQuery("delete from OneTimeLinkEntry l where l.personId = :person")
                .setParameter("person", personId)
                .executeUpdate();
        return link(person);
    }

    public void disable(UUID personId) {
        Person person = visible(personId);
        changePerson(person, Map.of("disabled", "true"), null);
        person.disabled = true;
        grants.requireAnOwner(person.name);
        sessions.endAll(personId, null);
    }

    @Approvable
    public void enable(UUID personId) {
        Person person = visible(personId);
        changePerson(person, Map.of("disabled", "false"), protection(person));
        person.disabled = false;
    }

    /** Signs somebody out everywhere, e.g. when a device of theirs was stolen; they may sign in again. */
    public void endSessions(UUID personId) {
        Person person = visible(personId);
        changePerson(person, Map.of("sessions", "all ended"), null);
        sessions.endAll(personId, null);
    }

    /** For somebody who lost their telephone: the password alone lets them in again, and their passkeys end. */
    public void removeSecondFactor(UUID personId) {
        Person person = visible(personId);
        changePerson(person, Map.of("secondFactor", "removed"), null);
        factors.forget(personId);
        factors.forgetPasskeys(personId);
    }

    /**
     * Gives a role; a person or service account that has it there already keeps it, with the end given now.
     *
     * @param endsAt when it ends, or null
     * @throws io.howdah.shared.ProblemException GrantTooMuch when the role has more than the caller holds there
     */
    @Approvable
    public void assign(UUID personId, String role, Scope scope, Instant endsAt) {
        Person person = visible(personId);
        requireRole(role);
        PlaceView place = places.require(Permission.ACCESS_WRITE, scope);
        grants.checkEnd(endsAt);
        Caller caller = access.change(
                Permission.ACCESS_WRITE,
                scope,
                target(person),
                Map.of("role", role, "place", String.valueOf(place.path()), "given", "true", "endsAt", "" + endsAt),
                grants.protection(role));
        grants.requireMayGive(role, scope);
        grants.give(Grants.Holder.person(personId), role, scope, endsAt, caller);
    }

    /** Takes a role away from the person or the group that has it. */
    public void unassign(UUID assignmentId) {
        Assignment assignment = assignmentId == null ? null : entities.find(Assignment.class, assignmentId);
        // A token's role goes with the token.
        boolean known = assignment != null && assignment.tokenId == null;
        Target target = known ? holder(assignment) : null;
        if (!known || !access.sees(Permission.ACCESS_READ, assignment.scope(), target)) {
            throw Problem.of(ProblemCode.NotFound, "assignment", String.valueOf(assignmentId))
                    .raise();
        }
        access.change(
                Permission.ACCESS_WRITE, assignment.scope(), target, Map.of("role", assignment.role, "given", "false"));
        entities.remove(assignment);
        grants.requireAnOwner(target.name());
    }

    public TeamView createTeam(String name) {
        String wanted = Names.check(name, ProblemCode.TeamNameInvalid);
        access.change(
                Permission.ACCESS_WRITE,
                Scope.INSTALLATION,
                new Target("team", null, wanted),
                Map.of("created", "true"));
        entities.createNativeQuery("lock table team in exclusive mode").executeUpdate();
        if (!entities.createQuery("select t.id from Team t where lower(t.name) = lower(:name)")
                .setParameter("name", wanted)
                .getResultList()
                .isEmpty()) {
            throw Problem.of(ProblemCode.TeamNameTaken, wanted).at("name").raise();
        }
        Team team = new Team();
        team.id = Ids.random();
        team.name = wanted;
        team.createdAt = clock.instant();
        entities.persist(team);
        return new TeamView(team.id, team.name, 0, 0);
    }

    /** @throws io.howdah.shared.ProblemException SignInFailed when {@code current} is wrong, or a password rule */
    public void changeMyPassword(String current, String wanted) {
        Person person = person(Callers.current().personId());
        Passwords.check(wanted, person.name).ifPresent(problem -> {
            throw problem.raise();
        });
        access.change(Permission.PROFILE_WRITE, Scope.INSTALLATION, target(person), Map.of("password", "changed"));
        if (!passwords.matches(current, person.passwordHash)) {
            throw Problem.of(ProblemCode.SignInFailed).at("current").raise();
        }
        person.passwordHash = passwords.hash(wanted);
    }

    private List<TeamView> teamsIn(Predicate<UUID> shown) {
        Map<UUID, Integer> people = counts(
                "select a.teamId, count(distinct p.id) from Assignment a, Person p where p.id = a.personId"
                        + " and p.kind = io.howdah.access.PersonKind.PERSON and a.teamId is not null group by a.teamId");
        Map<UUID, Integer> servers = new HashMap<>();
        for (Object row : entities.createNativeQuery(
                        "select team_id, count(*) from server where deleted_at is null group by team_id")
                .getResultList()) {
            servers.put(UUID.fromString(((Object[]) row)[0].toString()), ((Number) ((Object[]) row)[1]).intValue());
        }
        return entities.createQuery("select t from Team t order by lower(t.name)", Team.class)
                .getResultStream()
                .filter(team -> shown.test(team.id))
                .map(team -> new TeamView(
                        team.id, team.name, people.getOrDefault(team.id, 0), servers.getOrDefault(team.id, 0)))
                .toList();
    }

    private Map<UUID, Integer> counts(String query) {
        Map<UUID, Integer> counts = new HashMap<>();
        for (Object[] row : entities.createQuery(query, Object[].class).getResultList()) {
            counts.put((UUID) row[0], ((Number) row[1]).intValue());
        }
        return counts;
    }

    private void changePerson(Person person, Map<String, String> details, ProtectedAction action) {
        access.change(Permission.ACCESS_WRITE, scopeOf(person), target(person), details, action);
    }

    /** Whoever gets into somebody's account has what they were given. */
    private ProtectedAction protection(Person person) {
        return rolesOf(person).stream()
                .map(role -> grants.protection(role.role()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** The person's account belongs to all places where they have roles: changing it needs the right at all of them. */
    private Scope scopeOf(Person person) {
        Set<Scope> scopes = rolesOf(person).stream().map(AssignmentView::scope).collect(Collectors.toSet());
        Set<UUID> teams = scopes.stream().map(Scope::teamId).collect(Collectors.toCollection(HashSet::new));
        UUID team = teams.size() == 1 ? teams.iterator().next() : null;
        return scopes.size() == 1 ? scopes.iterator().next() : team == null ? Scope.INSTALLATION : Scope.team(team);
    }

    private List<AssignmentView> rolesOf(Person person) {
        return grants.ofPeople().getOrDefault(person.id, List.of());
    }

    private OneTimeLink link(Person person) {
        String code = Ids.secretCode();
        OneTimeLinkEntry entry = new OneTimeLinkEntry();
        entry.codeHash = OneTimeLinkEntry.hash(code);
        entry.personId = person.id;
        entry.validUntil = clock.instant().plus(LINK_VALID);
        entities.persist(entry);
        return new OneTimeLink(person.name, code, entry.validUntil);
    }

    private static PersonView view(Person person, List<AssignmentView> roles) {
        return new PersonView(
                person.id,
                person.name,
                person.displayName,
                person.passwordHash == null && person.lastSignInAt == null,
                person.disabled,
                person.lastSignInAt,
                roles);
    }

    private static Target target(Person person) {
        return new Target(person.kind == PersonKind.PERSON ? "person" : "serviceAccount", person.id, person.name);
    }

    private Target holder(Assignment assignment) {
        return assignment.personId != null
                ? target(person(assignment.personId))
                : new Target("group", assignment.groupId, entities.find(PersonGroup.class, assignment.groupId).name);
    }

    private Person person(UUID id) {
        Person person = id == null ? null : entities.find(Person.class, id);
        if (person == null) {
            throw notFound(id);
        }
        return person;
    }

    /** Whoever is not among the {@link #people} that the caller sees does not exist for them. */
    private Person visible(UUID id) {
        Person person = person(id);
        Reach reach = access.reach(Permission.ACCESS_READ);
        if (!reach.everywhere() && rolesOf(person).stream().noneMatch(role -> reach.includes(role.scope()))) {
            access.attempted(Permission.ACCESS_WRITE, scopeOf(person), target(person));
            throw notFound(id);
        }
        return person;
    }

    private static ProblemException notFound(UUID person) {
        return Problem.of(ProblemCode.NotFound, "person", String.valueOf(person))
                .raise();
    }

    private void requireRole(String role) {
        if (role == null || entities.find(RoleEntry.class, role) == null) {
            throw Problem.of(ProblemCode.NotFound, "role", String.valueOf(role))
                    .at("role")
                    .raise();
        }
    }
}
