package io.howdah.access;

import io.howdah.shared.Ids;
import io.howdah.shared.Messages;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** People, teams and roles: who is there, who may what, and changing it. */
@Stateless
public class AccessService {

    private static final Duration LINK_VALID = Duration.ofDays(3);
    private static final Pattern TEAM_NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} -]{0,61}[\\p{L}\\p{N}]");

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Access access;

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
        Map<UUID, List<AssignmentView>> roles = assignments();
        return entities.createQuery("select p from Person p order by lower(p.name)", Person.class)
                .getResultStream()
                .map(person -> view(person, roles.getOrDefault(person.id, List.of())))
                .filter(person -> reach.everywhere()
                        || person.roles().stream()
                                .anyMatch(role -> reach.teams().contains(role.teamId())))
                .toList();
    }

    public List<TeamView> teams() {
        return teamsWithin(access.reach(Permission.ACCESS_READ));
    }

    /** The teams in which the caller holds any role that lets them see servers. */
    public List<TeamView> myTeams() {
        return teamsWithin(access.reach(Permission.SERVERS_READ));
    }

    public List<RoleView> roles() {
        access.reach(Permission.ACCESS_READ);
        Map<String, Set<String>> actions = entities.createQuery("select r from RoleAction r", RoleAction.class)
                .getResultStream()
                .collect(Collectors.groupingBy(
                        r -> r.role, Collectors.mapping(r -> r.action, Collectors.toCollection(TreeSet::new))));
        return entities.createQuery("select r from RoleEntry r order by r.position", RoleEntry.class)
                .getResultStream()
                .map(role -> new RoleView(role.name, actions.getOrDefault(role.name, Set.of())))
                .toList();
    }

    /** The caller, as others see them. */
    public PersonView me() {
        Caller caller = access.permit(Permission.PROFILE_WRITE, Scope.INSTALLATION, null);
        Person person = person(caller.personId());
        return view(person, assignments().getOrDefault(person.id, List.of()));
    }

    /**
     * Adds a person with one role and gives a link with which they set their password.
     *
     * @param teamId the team the role holds in, or null for the installation
     */
    public OneTimeLink invite(String name, String displayName, String role, UUID teamId) {
        if (name == null || !SignIn.PERSON_NAME.matcher(name.strip()).matches()) {
            throw Problem.of(ProblemCode.PersonNameInvalid).at("name").raise();
        }
        String wanted = name.strip();
        requireRole(role);
        requireTeam(teamId);
        Target target = new Target("person", null, wanted);
        access.change(Permission.ACCESS_WRITE, new Scope(teamId), target, Map.of("role", role, "invited", "true"));
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
        give(person.id, role, teamId);
        return link(person);
    }

    /** A new one-time link for somebody who lost the first one or forgot the password; older links end. */
    public OneTimeLink newLink(UUID personId) {
        Person person = person(personId);
        changePerson(person, Map.of("newLink", "true"));
        brakes.forget(person.name);
        entities.createQuery("delete from OneTimeLinkEntry l where l.personId = :person")
                .setParameter("person", personId)
                .executeUpdate();
        return link(person);
    }

    public void disable(UUID personId) {
        Person person = person(personId);
        changePerson(person, Map.of("disabled", "true"));
        requireOtherOwners(person, null);
        person.disabled = true;
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

    /** Gives a role; does nothing when the person has it there already. */
    public void assign(UUID personId, String role, UUID teamId) {
        Person person = person(personId);
        requireRole(role);
        requireTeam(teamId);
        access.change(
                Permission.ACCESS_WRITE, new Scope(teamId), target(person), Map.of("role", role, "given", "true"));
        boolean has = assignments().getOrDefault(personId, List.of()).stream()
                .anyMatch(a -> a.role().equals(role) && Objects.equals(a.teamId(), teamId));
        if (!has) {
            give(personId, role, teamId);
        }
    }

    public void unassign(UUID assignmentId) {
        Assignment assignment = entities.find(Assignment.class, assignmentId);
        if (assignment == null) {
            throw Problem.of(ProblemCode.NotFound, "assignment", assignmentId).raise();
        }
        Person person = person(assignment.personId);
        access.change(
                Permission.ACCESS_WRITE,
                new Scope(assignment.teamId),
                target(person),
                Map.of("role", assignment.role, "given", "false"));
        requireOtherOwners(person, assignment.id);
        entities.remove(assignment);
    }

    public TeamView createTeam(String name) {
        String wanted = name == null ? "" : name.strip();
        if (!TEAM_NAME.matcher(wanted).matches()) {
            throw Problem.of(ProblemCode.TeamNameInvalid).at("name").raise();
        }
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

    private List<TeamView> teamsWithin(Reach reach) {
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
                .filter(team -> reach.includes(team.id))
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

    /** The person's account belongs to every team they work in: changing it needs the right in all of them. */
    private void changePerson(Person person, Map<String, String> details) {
        List<AssignmentView> roles = assignments().getOrDefault(person.id, List.of());
        Scope scope = roles.stream().map(AssignmentView::teamId).distinct().count() == 1
                ? new Scope(roles.get(0).teamId())
                : Scope.INSTALLATION;
        access.change(Permission.ACCESS_WRITE, scope, target(person), details);
    }

    /**
     * Without an owner of the installation nobody could ever give a role again. Asked after the change is on record: the
     * audit log takes one writer at a time, so that two owners can't go at one instant, each counting on the other.
     */
    private void requireOtherOwners(Person person, UUID assignmentGoing) {
        List<Assignment> owners = entities.createQuery(
                        "select a from Assignment a, Person p where p.id = a.personId and p.disabled = false and p.passwordHash is not null and a.teamId is null and a.role = :owner",
                        Assignment.class)
                .setParameter("owner", Role.OWNER.title())
                .getResultList();
        boolean concerns = owners.stream()
                .anyMatch(
                        a -> a.personId.equals(person.id) && (assignmentGoing == null || a.id.equals(assignmentGoing)));
        boolean othersStay = owners.stream().anyMatch(a -> !a.personId.equals(person.id));
        if (concerns && !othersStay) {
            throw Problem.of(ProblemCode.LastOwner, person.name, Messages.text("access.installation"))
                    .raise();
        }
    }

    private void give(UUID personId, String role, UUID teamId) {
        Assignment assignment = new Assignment();
        assignment.id = Ids.random();
        assignment.personId = personId;
        assignment.role = role;
        assignment.teamId = teamId;
        assignment.createdAt = clock.instant();
        entities.persist(assignment);
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

    private Map<UUID, List<AssignmentView>> assignments() {
        Map<UUID, String> teams = new TreeMap<>();
        for (Team team :
                entities.createQuery("select t from Team t", Team.class).getResultList()) {
            teams.put(team.id, team.name);
        }
        return entities.createQuery("select a from Assignment a", Assignment.class)
                .getResultStream()
                .sorted(Comparator.comparing((Assignment a) -> a.role))
                .collect(Collectors.groupingBy(
                        a -> a.personId,
                        Collectors.mapping(
                                a -> new AssignmentView(
                                        a.id, a.role, a.teamId, a.teamId == null ? null : teams.get(a.teamId)),
                                Collectors.toList())));
    }

    private static PersonView view(Person person, List<AssignmentView> roles) {
        return new PersonView(
                person.id,
                person.name,
                person.displayName,
                person.passwordHash == null,
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

    private void requireTeam(UUID teamId) {
        if (teamId != null && entities.find(Team.class, teamId) == null) {
            throw Problem.of(ProblemCode.NotFound, "team", teamId).at("team").raise();
        }
    }
}
