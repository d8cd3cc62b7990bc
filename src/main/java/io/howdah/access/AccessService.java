package io.howdah.access;

import io.howdah.shared.Ids;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
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
    private Clock clock;

    /** The people with a role where the caller may read access; all of them for an installation-wide reader. */
    public List<PersonView> people() {
        Reach reach = access.reach(Permission.ACCESS_READ);
        Map<UUID, List<AssignmentView>> roles = grants.ofPeople();
        return entities.createQuery("select p from Person p order by lower(p.name)", Person.class)
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
    public OneTimeLink invite(String name, String displayName, String role, Scope scope) {
        if (name == null || !SignIn.PERSON_NAME.matcher(name.strip()).matches()) {
            throw Problem.of(ProblemCode.PersonNameInvalid).at("name").raise();
        }
        String wanted = name.strip();
        requireRole(role);
        places.require(scope);
        Target target = new Target("person", null, wanted);
        Caller caller = access.change(Permission.ACCESS_WRITE, scope, target, Map.of("role", role, "invited", "true"));
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
        person.displayName = displayName == null || displayName.isBlank() ? wanted : displayName.strip();
        person.createdAt = clock.instant();
        entities.persist(person);
        entities.flush();
        grants.give(Grants.Holder.person(person.id), role, scope, null, caller);
        return link(person);
    }

    /** A new one-time link for somebody who lost the first one or forgot the password; older links end. */
    public OneTimeLink newLink(UUID personId) {
        Person person = person(personId);
        changePerson(person, Map.of("newLink", "true"));
        // Whoever has the link has the account, and so all that it may do.
        rolesOf(person).forEach(role -> grants.requireMayGive(role.role(), role.scope()));
        brakes.forget(person.name);
        entities.createQuery("delete from OneTimeLinkEntry l where l.personId = :person")
                .setParameter("person", personId)
                .executeUpdate();
        return link(person);
    }

    public void disable(UUID personId) {
        Person person = person(personId);
        changePerson(person, Map.of("disabled", "true"));
        person.disabled = true;
        grants.requireAnOwner(person.name);
    }

    public void enable(UUID personId) {
        Person person = person(personId);
        changePerson(person, Map.of("disabled", "false"));
        person.disabled = false;
    }

    /** For somebody who lost their telephone: the password alone lets them in again, and their passkeys end. */
    public void removeSecondFactor(UUID personId) {
        Person person = person(personId);
        changePerson(person, Map.of("secondFactor", "removed"));
        factors.forget(personId);
        factors.forgetPasskeys(personId);
    }

    /**
     * Gives a role; a person who has it there already keeps it, with the end given now.
     *
     * @param endsAt when it ends, or null
     * @throws io.howdah.shared.ProblemException GrantTooMuch when the role has more than the caller holds there
     */
    public void assign(UUID personId, String role, Scope scope, Instant endsAt) {
        Person person = person(personId);
        requireRole(role);
        PlaceView place = places.require(scope);
        grants.checkEnd(endsAt);
        Caller caller = access.change(
                Permission.ACCESS_WRITE,
                scope,
                target(person),
                Map.of("role", role, "place", String.valueOf(place.path()), "given", "true", "endsAt", "" + endsAt));
        grants.requireMayGive(role, scope);
        grants.give(Grants.Holder.person(personId), role, scope, endsAt, caller);
    }

    /** Takes a role away from the person or the group that has it. */
    public void unassign(UUID assignmentId) {
        Assignment assignment = assignmentId == null ? null : entities.find(Assignment.class, assignmentId);
        if (assignment == null) {
            throw Problem.of(ProblemCode.NotFound, "assignment", String.valueOf(assignmentId))
                    .raise();
        }
        Target target = assignment.personId != null
                ? target(person(assignment.personId))
                : new Target("group", assignment.groupId, entities.find(PersonGroup.class, assignment.groupId).name);
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
                "select a.teamId, count(distinct a.personId) from Assignment a where a.teamId is not null group by a.teamId");
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

    /** The person's account belongs to all places where they have roles: changing it needs the right at all of them. */
    private void changePerson(Person person, Map<String, String> details) {
        Set<Scope> scopes = rolesOf(person).stream().map(AssignmentView::scope).collect(Collectors.toSet());
        Set<UUID> teams = scopes.stream().map(Scope::teamId).collect(Collectors.toCollection(HashSet::new));
        UUID team = teams.size() == 1 ? teams.iterator().next() : null;
        Scope scope =
                scopes.size() == 1 ? scopes.iterator().next() : team == null ? Scope.INSTALLATION : Scope.team(team);
        access.change(Permission.ACCESS_WRITE, scope, target(person), details);
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
        return new Target("person", person.id, person.name);
    }

    private Person person(UUID id) {
        Person person = id == null ? null : entities.find(Person.class, id);
        if (person == null) {
            throw Problem.of(ProblemCode.NotFound, "person", String.valueOf(id)).raise();
        }
        return person;
    }

    private void requireRole(String role) {
        if (role == null || entities.find(RoleEntry.class, role) == null) {
            throw Problem.of(ProblemCode.NotFound, "role", String.valueOf(role))
                    .at("role")
                    .raise();
        }
    }
}
