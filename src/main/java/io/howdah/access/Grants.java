package io.howdah.access;

import io.howdah.shared.Ids;
import io.howdah.shared.Messages;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import io.howdah.shared.Sql;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * The roles that have been given, and the two rules for giving and taking them: nobody gives more than they hold, and
 * somebody stays who may give every role.
 */
@Dependent
class Grants {

    /**
     * Those who never set a password can't take over, those whose role ends are gone some day, and a provider may take back
     * what came by it.
     */
    private static final String OWNERS = """
            select p.id from grant_in_force g join person p on p.id = g.person_id
            where g.role = ? and g.team_id is null and g.ends_at is null and p.password_hash is not null
              and not exists (select 1 from assignment a where a.id = g.assignment_id and a.provider_id is not null)
              and not exists (select 1 from person_group_member m
                  where m.group_id = g.group_id and m.person_id = g.person_id and m.provider_id is not null)
            limit 1""";

    private static final Set<Permission> POWERS = EnumSet.of(
            Permission.ACCESS_WRITE,
            Permission.APPROVALS_DECIDE,
            Permission.APPROVALS_POLICY,
            Permission.APPROVALS_BREAK_GLASS);

    @PersistenceContext
    private EntityManager entities;

    @Resource(lookup = "jdbc/howdah")
    private DataSource dataSource;

    @Inject
    private Access access;

    @Inject
    private Places places;

    @Inject
    private Clock clock;

    /** Whom a role is given to: a person (or service account), a group or a token. */
    record Holder(UUID personId, UUID groupId, UUID tokenId) {

        static Holder person(UUID id) {
            return new Holder(id, null, null);
        }

        static Holder group(UUID id) {
            return new Holder(null, id, null);
        }

        static Holder token(UUID id) {
            return new Holder(null, null, id);
        }

        boolean holds(Assignment assignment) {
            return Objects.equals(personId, assignment.personId)
                    && Objects.equals(groupId, assignment.groupId)
                    && Objects.equals(tokenId, assignment.tokenId);
        }
    }

    /** Does nothing when the holder has the role there already; then the end becomes the one given. */
    void give(Holder holder, String role, Scope scope, Instant endsAt, Caller caller) {
        Assignment assignment = all().stream()
                .filter(a -> holder.holds(a) && a.role.equals(role) && a.scope().equals(scope))
                .findFirst()
                .orElse(null);
        if (assignment == null) {
            assignment = new Assignment();
            assignment.id = Ids.random();
            assignment.personId = holder.personId();
            assignment.groupId = holder.groupId();
            assignment.tokenId = holder.tokenId();
            assignment.role = role;
            assignment.teamId = scope.teamId();
            assignment.projectId = scope.projectId();
            assignment.serverId = scope.serverId();
            assignment.createdAt = clock.instant();
            entities.persist(assignment);
        }
        assignment.givenBy = caller.name();
        assignment.endsAt = endsAt;
        assignment.providerId = null;
    }

    /** Each person's roles, those of their groups included. */
    Map<UUID, List<AssignmentView>> ofPeople() {
        Map<UUID, PersonGroup> groups = groups();
        Map<UUID, List<AssignmentView>> ofPeople = new HashMap<>();
        Map<Scope, PlaceView> there = places.all();
        for (Assignment assignment : all()) {
            if (assignment.personId != null) {
                add(ofPeople, assignment.personId, view(assignment, there, null));
            } else if (assignment.groupId != null) {
                PersonGroup group = groups.get(assignment.groupId);
                group.members.forEach(person -> add(ofPeople, person, view(assignment, there, group.name)));
            }
        }
        return ofPeople;
    }

    Map<UUID, List<AssignmentView>> ofGroups() {
        Map<Scope, PlaceView> there = places.all();
        return all().stream()
                .filter(a -> a.groupId != null)
                .collect(Collectors.groupingBy(
                        a -> a.groupId, Collectors.mapping(a -> view(a, there, null), Collectors.toList())));
    }

    Map<UUID, AssignmentView> ofTokens() {
        Map<Scope, PlaceView> there = places.all();
        return all().stream()
                .filter(a -> a.tokenId != null)
                .collect(Collectors.toMap(a -> a.tokenId, a -> view(a, there, null)));
    }

    /** @throws io.howdah.shared.ProblemException GrantTooMuch when the role has an action that the caller has not there */
    void requireMayGive(String role, Scope scope) {
        requireHeld(role, actions(role), scope);
    }

    /** What giving the role is to a policy about second persons, or null: with such a role one could undo the policy. */
    ProtectedAction protection(String role) {
        return protection(actions(role));
    }

    static ProtectedAction protection(Set<String> actions) {
        return POWERS.stream().map(Permission::action).anyMatch(actions::contains) ? ProtectedAction.OWNER_GRANT : null;
    }

    void requireHeld(String role, Set<String> actions, Scope scope) {
        Set<String> missing = new TreeSet<>(actions);
        missing.remove(Permission.PROFILE_WRITE.action());
        missing.removeAll(access.held(scope));
        if (!missing.isEmpty()) {
            throw Problem.of(ProblemCode.GrantTooMuch, role, String.join(", ", missing))
                    .at("role")
                    .raise();
        }
    }

    Set<String> actions(String role) {
        return entities.createQuery("select r.action from RoleAction r where r.role = :role", String.class)
                .setParameter("role", role)
                .getResultStream()
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** @throws io.howdah.shared.ProblemException EndInThePast */
    void checkEnd(Instant endsAt) {
        if (endsAt != null && !endsAt.isAfter(clock.instant())) {
            throw Problem.of(ProblemCode.EndInThePast).at("endsAt").raise();
        }
    }

    /**
     * Without an owner of the installation nobody could ever give every role again. Asked after the change is on record:
     * the audit log takes one writer at a time, so that two owners can't go at one instant, each counting on the other.
     *
     * @param whoGoes whose going is tried
     */
    void requireAnOwner(String whoGoes) {
        entities.flush();
        if (Sql.rows(dataSource, OWNERS, row -> Sql.id(row, "id"), Role.OWNER.title())
                .isEmpty()) {
            throw Problem.of(ProblemCode.LastOwner, whoGoes, Messages.text("access.installation"))
                    .raise();
        }
    }

    private List<Assignment> all() {
        return entities.createQuery("select a from Assignment a", Assignment.class)
                .getResultStream()
                .sorted(Comparator.comparing((Assignment a) -> a.role).thenComparing(a -> a.createdAt))
                .toList();
    }

    private Map<UUID, PersonGroup> groups() {
        return entities.createQuery("select g from PersonGroup g", PersonGroup.class)
                .getResultStream()
                .collect(Collectors.toMap(group -> group.id, group -> group));
    }

    private static void add(Map<UUID, List<AssignmentView>> roles, UUID person, AssignmentView assignment) {
        roles.computeIfAbsent(person, id -> new ArrayList<>()).add(assignment);
    }

    private static AssignmentView view(Assignment assignment, Map<Scope, PlaceView> there, String group) {
        PlaceView place = there.get(assignment.scope());
        return new AssignmentView(
                assignment.id,
                assignment.role,
                assignment.scope(),
                place == null ? String.valueOf(assignment.serverId) : place.path(),
                group,
                assignment.endsAt);
    }
}
