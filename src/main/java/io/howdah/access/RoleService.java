package io.howdah.access;

import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The roles of the installation's own making. The ready-made ones are the product's, and stay as they are. */
@Stateless
public class RoleService {

    private static final int LAST = 1000;
    private static final int MAX_DESCRIPTION = 500;
    private static final Set<String> ACTIONS =
            Arrays.stream(Permission.values()).map(Permission::action).collect(Collectors.toUnmodifiableSet());

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Access access;

    @Inject
    private Grants grants;

    /**
     * Makes a role.
     *
     * @param actions such as {@code servers/start}; at least one
     * @throws io.howdah.shared.ProblemException RoleNameInvalid, RoleNameTaken, RoleEmpty, GrantTooMuch
     */
    public void create(String name, String description, Set<String> actions) {
        String wanted = Names.check(name, ProblemCode.RoleNameInvalid);
        check(description, actions);
        change(wanted, Map.of("created", "true", "actions", new TreeSet<>(actions).toString()));
        grants.requireHeld(wanted, actions, Scope.INSTALLATION);
        entities.createNativeQuery("lock table role in share row exclusive mode")
                .executeUpdate();
        boolean taken = !entities.createQuery("select r.name from RoleEntry r where lower(r.name) = lower(:name)")
                .setParameter("name", wanted)
                .getResultList()
                .isEmpty();
        if (taken) {
            throw Problem.of(ProblemCode.RoleNameTaken, wanted).at("name").raise();
        }
        RoleEntry role = new RoleEntry();
        role.name = wanted;
        role.position = LAST;
        role.description = description.strip();
        entities.persist(role);
        entities.flush();
        actions.forEach(action -> allow(wanted, action));
    }

    /** Says anew what a role is for and allows; who holds it may so at once. */
    @Approvable
    public void change(String name, String description, Set<String> actions) {
        RoleEntry role = own(name);
        check(description, actions);
        Set<String> before = grants.actions(name);
        Set<String> added = new TreeSet<>(actions);
        added.removeAll(before);
        access.change(
                Permission.ACCESS_WRITE,
                Scope.INSTALLATION,
                target(name),
                Map.of("before", before.toString(), "after", new TreeSet<>(actions).toString()),
                Grants.protection(added));
        grants.requireHeld(name, actions, Scope.INSTALLATION);
        role.description = description.strip();
        entities.createQuery("delete from RoleAction r where r.role = :role and r.action not in :actions")
                .setParameter("role", name)
                .setParameter("actions", actions)
                .executeUpdate();
        actions.stream().filter(action -> !before.contains(action)).forEach(action -> allow(name, action));
    }

    /** @throws io.howdah.shared.ProblemException RoleInUse while somebody has it */
    public void delete(String name) {
        RoleEntry role = own(name);
        change(name, Map.of("deleted", "true", "actions", grants.actions(name).toString()));
        List<String> holders = entities.createQuery(
                        "select a.role from Assignment a where a.role = :role", String.class)
                .setParameter("role", name)
                .getResultList();
        if (!holders.isEmpty()) {
            throw Problem.of(ProblemCode.RoleInUse, name, holders.size()).raise();
        }
        entities.remove(role);
    }

    private void change(String name, Map<String, String> details) {
        access.change(Permission.ACCESS_WRITE, Scope.INSTALLATION, target(name), details);
    }

    private static Target target(String name) {
        return new Target("role", null, name);
    }

    private static void check(String description, Set<String> actions) {
        if (description == null || description.strip().length() > MAX_DESCRIPTION) {
            throw Problem.of(ProblemCode.RoleDescriptionTooLong, MAX_DESCRIPTION)
                    .at("description")
                    .raise();
        }
        if (actions == null || actions.isEmpty() || !ACTIONS.containsAll(actions)) {
            throw Problem.of(ProblemCode.RoleEmpty).at("actions").raise();
        }
    }

    private RoleEntry own(String name) {
        RoleEntry role = name == null ? null : entities.find(RoleEntry.class, name);
        if (role == null) {
            throw Problem.of(ProblemCode.NotFound, "role", String.valueOf(name)).raise();
        }
        if (role.readyMade) {
            throw Problem.of(ProblemCode.RoleReadyMade, name).raise();
        }
        return role;
    }

    private void allow(String role, String action) {
        RoleAction allowed = new RoleAction();
        allowed.role = role;
        allowed.action = action;
        entities.persist(allowed);
    }
}
