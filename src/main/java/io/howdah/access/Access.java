package io.howdah.access;

import io.howdah.shared.Messages;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import io.howdah.shared.Sql;
import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Says whether the caller may. Every service method asks here, after it has validated and before it acts: {@link
 * #permit} or {@link #reach} to read, {@link #change} to change, which also writes the audit record. Roles are looked up
 * each time, so that what an owner takes away is gone at once.
 */
@Stateless
public class Access {

    private static final Logger LOG = Logger.getLogger(Access.class.getName());

    /** Asked several times in every request. */
    private static final String WHERE = """
            with mine as (select team_id, project_id, server_id from %s where action = ? and %s = ?)
            select team_id, project_id, server_id from mine
            union all
            select mine.team_id, null, s.id from mine join server s on s.project_id = mine.project_id""";

    private static final String WHERE_PERSON = WHERE.formatted("grant_in_force", "person_id");
    private static final String WHERE_TOKEN = WHERE.formatted("token_grant_in_force", "token_id");

    private static final String HELD = """
            select distinct g.action from %s g where g.%s = ?
              and (g.team_id is null
                   or g.team_id = cast(? as uuid) and g.project_id is null and g.server_id is null
                   or g.project_id = cast(? as uuid)
                   or g.project_id = (select project_id from server where id = cast(? as uuid))
                   or g.server_id = cast(? as uuid))""";

    private static final String HELD_BY_PERSON = HELD.formatted("grant_in_force", "person_id");
    private static final String HELD_BY_TOKEN = HELD.formatted("token_grant_in_force", "token_id");

    @PersistenceContext
    private EntityManager entities;

    @Resource(lookup = "jdbc/howdah")
    private DataSource dataSource;

    @Inject
    private Recorder recorder;

    @Inject
    private Approvals approvals;

    /** Whether the caller holds the permission at the scope; for screens that hide or disable what would be refused. */
    public boolean may(Permission permission, Scope scope) {
        return permission == Permission.PROFILE_WRITE
                ? mayComeIn(Callers.current())
                : reach(Callers.current(), permission).includes(scope);
    }

    /** A session may have been open when its person was disabled. What is one's own, no token changes. */
    private boolean mayComeIn(Caller caller) {
        Person person = caller.personId() == null ? null : entities.find(Person.class, caller.personId());
        return person != null && !person.disabled && caller.token() == null;
    }

    /**
     * Whether the caller may see what they name. What they may not see is to be answered like what does not exist; that
     * they reached for it is on record.
     */
    public boolean sees(Permission permission, Scope scope, Target target) {
        boolean seen = may(permission, scope);
        if (!seen) {
            attempted(permission, scope, target);
        }
        return seen;
    }

    /** As {@link #sees}, for a place: whoever may do anything there sees that it is there. */
    public boolean seesPlace(Permission wanted, Scope scope, Target target) {
        boolean seen = !held(scope).isEmpty();
        if (!seen) {
            attempted(wanted, scope, target);
        }
        return seen;
    }

    /** Puts on record that the caller reached for what is not theirs; they are told that there is no such thing. */
    public void attempted(Permission permission, Scope scope, Target target) {
        recorder.denied(Callers.current(), permission, scope, target);
    }

    /** Whether the caller holds the permission at any scope. */
    public boolean mayAnywhere(Permission permission) {
        return !reach(Callers.current(), permission).nowhere();
    }

    /** Where the caller holds a reading permission; lists show what lies within. */
    public Reach reach(Permission permission) {
        return reach(Callers.current(), permission);
    }

    /**
     * Lets a caller read.
     *
     * @param target null for what is the caller's own
     * @throws io.howdah.shared.ProblemException AccessDenied, and the attempt is on record
     */
    public Caller permit(Permission permission, Scope scope, Target target) {
        Caller caller = Callers.current();
        if (!may(permission, scope)) {
            recorder.denied(
                    caller,
                    permission,
                    scope,
                    target == null ? new Target("person", caller.personId(), caller.name()) : target);
            throw Problem.of(ProblemCode.AccessDenied, permission.action(), nameOf(scope))
                    .raise();
        }
        return caller;
    }

    /**
     * Lets a caller change something, and puts it on record in the same transaction as the change.
     *
     * @param details what is asked for, without secrets
     * @throws io.howdah.shared.ProblemException AccessDenied or ApprovalRequired, and the attempt is on record
     */
    public Caller change(Permission permission, Scope scope, Target target, Map<String, String> details) {
        return change(
                permission,
                scope,
                target,
                details,
                ProtectedAction.of(permission).orElse(null));
    }

    /** @param action what the change is to a policy about second persons, or null */
    public Caller change(
            Permission permission, Scope scope, Target target, Map<String, String> details, ProtectedAction action) {
        Caller caller = permit(permission, scope, target);
        Map<String, String> recorded = new HashMap<>(details);
        recorded.putAll(approvals.pass(caller, new Approvals.Act(action, permission, scope, target, details)));
        recorder.accepted(caller, permission, scope, target, recorded);
        LOG.log(Level.INFO, "{0} asks for {1} on {2} {3}; correlation id {4}", new Object[] {
            caller.name(), permission.action(), target.type(), target.name(), caller.correlationId()
        });
        return caller;
    }

    /** A token is worth what it was given and what its holder has now, whichever is less. */
    private Reach reach(Caller caller, Permission permission) {
        if (caller.personId() == null) {
            return Reach.NOWHERE;
        }
        List<Scope> places = places(WHERE_PERSON, permission, caller.personId());
        return Reach.of(
                isNarrowed(caller)
                        ? Reach.common(
                                places,
                                places(WHERE_TOKEN, permission, caller.token().id()))
                        : places);
    }

    private List<Scope> places(String statement, Permission permission, UUID holder) {
        return Sql.rows(dataSource, statement, Access::place, permission.action(), holder);
    }

    /** The actions that the caller may take at the scope. */
    public Set<String> held(Scope scope) {
        Caller caller = Callers.current();
        Set<String> held = held(HELD_BY_PERSON, caller.personId(), scope);
        if (isNarrowed(caller)) {
            held.retainAll(held(HELD_BY_TOKEN, caller.token().id(), scope));
        }
        return held;
    }

    private Set<String> held(String statement, UUID holder, Scope scope) {
        return new HashSet<>(Sql.rows(
                dataSource,
                statement,
                row -> row.getString("action"),
                holder,
                scope.teamId(),
                scope.projectId(),
                scope.serverId(),
                scope.serverId()));
    }

    private static boolean isNarrowed(Caller caller) {
        return caller.token() != null && caller.token().narrowed();
    }

    private static Scope place(ResultSet row) throws SQLException {
        return new Scope(Sql.id(row, "team_id"), Sql.id(row, "project_id"), Sql.id(row, "server_id"));
    }

    private String nameOf(Scope scope) {
        if (scope.projectId() != null) {
            Project project = entities.find(Project.class, scope.projectId());
            return project == null ? scope.projectId().toString() : project.name;
        }
        if (scope.isInstallation()) {
            return Messages.text("access.installation");
        }
        Team team = entities.find(Team.class, scope.teamId());
        return team == null ? scope.teamId().toString() : team.name;
    }
}
