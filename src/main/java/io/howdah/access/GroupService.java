package io.howdah.access;

import io.howdah.shared.Ids;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Groups of people, who get roles together. A group belongs to the installation; where its roles hold is said with each
 * role.
 */
@Stateless
public class GroupService {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Access access;

    @Inject
    private Grants grants;

    @Inject
    private Places places;

    @Inject
    private Clock clock;

    /** All groups for an installation-wide reader of access, else those with a role where the caller may read it. */
    public List<GroupView> groups() {
        Reach reach = access.reach(Permission.ACCESS_READ);
        Map<UUID, List<AssignmentView>> roles = grants.ofGroups();
        Map<UUID, String> people = names();
        return entities.createQuery("select g from PersonGroup g order by lower(g.name)", PersonGroup.class)
                .getResultStream()
                .map(group -> view(group, roles.getOrDefault(group.id, List.of()), people))
                .filter(group ->
                        reach.everywhere() || group.roles().stream().anyMatch(role -> reach.includes(role.scope())))
                .toList();
    }

    public GroupView create(String name) {
        String wanted = Names.check(name, ProblemCode.GroupNameInvalid);
        UUID id = Ids.random();
        access.change(
                Permission.ACCESS_WRITE,
                Scope.INSTALLATION,
                new Target("group", id, wanted),
                Map.of("created", "true"));
        entities.createNativeQuery("lock table person_group in share row exclusive mode")
                .executeUpdate();
        if (!entities.createQuery("select g.id from PersonGroup g where lower(g.name) = lower(:name)")
                .setParameter("name", wanted)
                .getResultList()
                .isEmpty()) {
            throw Problem.of(ProblemCode.GroupNameTaken, wanted).at("name").raise();
        }
        PersonGroup group = new PersonGroup();
        group.id = id;
        group.name = wanted;
        group.createdAt = clock.instant();
        entities.persist(group);
        return view(group, List.of(), Map.of());
    }

    /** Takes the group and its roles away; its people stay. */
    public void delete(UUID groupId) {
        PersonGroup group = find(groupId);
        access.change(Permission.ACCESS_WRITE, Scope.INSTALLATION, target(group), Map.of("deleted", "true"));
        entities.remove(group);
        grants.requireAnOwner(group.name);
    }

    /**
     * Says who is in the group.
     *
     * @throws io.howdah.shared.ProblemException GrantTooMuch when the group has a role with more than the caller holds
     */
    @Approvable
    public void setMembers(UUID groupId, Set<UUID> people) {
        PersonGroup group = find(groupId);
        // Before people are looked up, so that whoever may not do this can't find out who there is.
        access.permit(Permission.ACCESS_WRITE, Scope.INSTALLATION, target(group));
        Map<UUID, String> names = names();
        for (UUID person : people) {
            if (!names.containsKey(person)) {
                throw Problem.of(ProblemCode.NotFound, "person", person).raise();
            }
        }
        List<AssignmentView> gained = group.members.containsAll(people)
                ? List.of()
                : grants.ofGroups().getOrDefault(groupId, List.of());
        access.change(
                Permission.ACCESS_WRITE,
                Scope.INSTALLATION,
                target(group),
                Map.of(
                        "before",
                        sorted(group.members, names).toString(),
                        "after",
                        sorted(people, names).toString()),
                gained.stream()
                        .map(role -> grants.protection(role.role()))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null));
        gained.forEach(role -> grants.requireMayGive(role.role(), role.scope()));
        group.members = new HashSet<>(people);
        grants.requireAnOwner(group.name);
    }

    /**
     * Gives a role to all in the group.
     *
     * @param endsAt when it ends, or null
     */
    @Approvable
    public void assign(UUID groupId, String role, Scope scope, Instant endsAt) {
        PersonGroup group = find(groupId);
        if (role == null || entities.find(RoleEntry.class, role) == null) {
            throw Problem.of(ProblemCode.NotFound, "role", String.valueOf(role))
                    .at("role")
                    .raise();
        }
        PlaceView place = places.require(Permission.ACCESS_WRITE, scope);
        grants.checkEnd(endsAt);
        Caller caller = access.change(
                Permission.ACCESS_WRITE,
                scope,
                target(group),
                Map.of("role", role, "place", String.valueOf(place.path()), "given", "true", "endsAt", "" + endsAt),
                grants.protection(role));
        grants.requireMayGive(role, scope);
        grants.give(Grants.Holder.group(groupId), role, scope, endsAt, caller);
    }

    private PersonGroup find(UUID id) {
        PersonGroup group = id == null ? null : entities.find(PersonGroup.class, id);
        if (group == null || !visible(group)) {
            throw Problem.of(ProblemCode.NotFound, "group", String.valueOf(id)).raise();
        }
        return group;
    }

    /** As in {@link #groups}: the others do not exist for the caller. */
    private boolean visible(PersonGroup group) {
        Reach reach = access.reach(Permission.ACCESS_READ);
        boolean seen = reach.everywhere()
                || grants.ofGroups().getOrDefault(group.id, List.of()).stream()
                        .anyMatch(role -> reach.includes(role.scope()));
        if (!seen) {
            access.attempted(Permission.ACCESS_WRITE, Scope.INSTALLATION, target(group));
        }
        return seen;
    }

    private Map<UUID, String> names() {
        return entities.createQuery("select p from Person p", Person.class)
                .getResultStream()
                .collect(Collectors.toMap(person -> person.id, person -> person.name));
    }

    private static List<String> sorted(Set<UUID> people, Map<UUID, String> names) {
        return people.stream().map(names::get).sorted().toList();
    }

    private static Target target(PersonGroup group) {
        return new Target("group", group.id, group.name);
    }

    private static GroupView view(PersonGroup group, List<AssignmentView> roles, Map<UUID, String> people) {
        return new GroupView(group.id, group.name, Set.copyOf(group.members), sorted(group.members, people), roles);
    }
}
