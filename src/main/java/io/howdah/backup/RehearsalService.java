package io.howdah.backup;

import io.howdah.access.Access;
import io.howdah.access.Caller;
import io.howdah.access.Permission;
import io.howdah.access.Scope;
import io.howdah.access.Target;
import io.howdah.engine.Engine;
import io.howdah.maintenance.MaintenanceWindows;
import io.howdah.server.ServerChanged;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import io.howdah.shared.ProblemException;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Proof that servers can be restored: when it is made, what it has to show, and what it has shown. */
@Stateless
public class RehearsalService {

    private static final int HISTORY = 10;

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Access access;

    @Inject
    private RehearsalStart start;

    @Inject
    private Engine engine;

    @Inject
    private Event<ServerChanged> changes;

    @Inject
    private MaintenanceWindows windows;

    @Inject
    private Clock clock;

    /** Nothing of a server that has no backups yet. */
    public ServerRehearsals ofServer(UUID serverId) {
        RecoveryState state = serverId == null ? null : entities.find(RecoveryState.class, serverId);
        if (state == null) {
            requireServer(serverId);
            return new ServerRehearsals(null, null, List.of(), List.of());
        }
        find(serverId);
        access.permit(Permission.BACKUPS_READ, Scope.server(state.teamId, state.serverId), target(state));
        PolicyEntry policy = entities.find(PolicyEntry.class, serverId);
        RehearsalPlan plan = policy == null ? null : policy.rehearsals(windows.of(serverId));
        boolean gone = state.goneAt != null || state.deletedAt != null;
        return new ServerRehearsals(
                plan,
                plan == null || gone ? null : plan.nextSlot(clock.instant()),
                entities.createQuery(
                                "select r from Rehearsal r where r.serverId = :server order by r.askedAt desc",
                                Rehearsal.class)
                        .setParameter("server", serverId)
                        .setMaxResults(HISTORY)
                        .getResultStream()
                        .map(Rehearsal::view)
                        .toList(),
                entries(serverId).stream().map(RehearsalCheck::check).toList());
    }

    private List<RehearsalCheck> entries(UUID serverId) {
        return entities.createQuery(
                        "select c from RehearsalCheck c where c.serverId = :server order by c.position",
                        RehearsalCheck.class)
                .setParameter("server", serverId)
                .getResultList();
    }

    /**
     * Rehearses now.
     *
     * @return the operation's id
     */
    public UUID rehearse(UUID serverId) {
        RecoveryState state = find(serverId);
        Caller caller = change(Permission.BACKUPS_REHEARSE, state, Map.of());
        if (engine.backups().isEmpty()) {
            throw Problem.of(ProblemCode.BackupsNotAvailable).raise();
        }
        if (state.goneAt != null || state.deletedAt != null) {
            throw Problem.of(ProblemCode.RehearsalServerDeleted, state.name).raise();
        }
        UUID operation = start.begin(state, caller, false);
        changes.fire(new ServerChanged(serverId));
        return operation;
    }

    /**
     * Changes when restores are rehearsed by themselves.
     *
     * @throws io.howdah.shared.ProblemException NotFound
     */
    public void setDay(UUID serverId, RehearsalDay day) {
        RecoveryState state = find(serverId);
        PolicyEntry entry = entities.find(PolicyEntry.class, serverId, LockModeType.PESSIMISTIC_WRITE);
        change(
                Permission.BACKUPS_POLICY,
                state,
                Map.of("rehearsalBefore", entry.rehearsed().name(), "rehearsalAfter", day.name()));
        Instant now = clock.instant();
        entry.rehearsalOn = day != RehearsalDay.NEVER;
        entry.rehearsalDay = day.weekday();
        entry.rehearsalChangedAt = now;
        changes.fire(new ServerChanged(serverId));
    }

    /**
     * Says what a restored server has to answer with true, in place of what it had to before. The queries are asked as the
     * server's administrator: whoever writes them could read everything that one can.
     */
    public void setChecks(UUID serverId, List<SqlCheck> wanted) {
        List<SqlCheck> checks = wanted.stream().map(RehearsalRules::tidied).toList();
        raise(RehearsalRules.check(checks));
        RecoveryState state = find(serverId);
        change(
                Permission.SQL_RUN,
                state,
                Map.of(
                        "rehearsalChecks",
                        checks.stream().map(SqlCheck::toString).collect(Collectors.joining(", "))));
        entries(serverId).forEach(entities::remove);
        entities.flush();
        for (int i = 0; i < checks.size(); i++) {
            entities.persist(RehearsalCheck.of(serverId, i, checks.get(i)));
        }
        changes.fire(new ServerChanged(serverId));
    }

    private RecoveryState find(UUID serverId) {
        RecoveryState state = serverId == null ? null : entities.find(RecoveryState.class, serverId);
        if (state == null
                || !access.sees(
                        Permission.SERVERS_READ,
                        Scope.server(state.teamId, state.serverId),
                        new Target("server", state.serverId, state.name))) {
            throw notFound(serverId);
        }
        return state;
    }

    /** One of which nothing is known about backups yet. */
    private void requireServer(UUID serverId) {
        boolean seen = serverId != null
                && entities.createQuery("select s.teamId from Server s where s.id = :id", UUID.class)
                        .setParameter("id", serverId)
                        .getResultStream()
                        .anyMatch(team -> access.sees(
                                Permission.BACKUPS_READ,
                                Scope.server(team, serverId),
                                new Target("server", serverId, String.valueOf(serverId))));
        if (!seen) {
            throw notFound(serverId);
        }
    }

    private static ProblemException notFound(UUID serverId) {
        return Problem.of(ProblemCode.NotFound, "server", String.valueOf(serverId))
                .raise();
    }

    private Caller change(Permission permission, RecoveryState state, Map<String, String> details) {
        return access.change(permission, Scope.server(state.teamId, state.serverId), target(state), details);
    }

    private static Target target(RecoveryState state) {
        return new Target("server", state.serverId, state.name);
    }

    private static void raise(Optional<Problem> problem) {
        problem.ifPresent(found -> {
            throw found.raise();
        });
    }
}
