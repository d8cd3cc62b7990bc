package io.howdah.backup;

import io.howdah.access.Access;
import io.howdah.access.Approvable;
import io.howdah.access.Caller;
import io.howdah.access.Permission;
import io.howdah.access.ProtectedAction;
import io.howdah.access.Reach;
import io.howdah.access.Scope;
import io.howdah.access.Target;
import io.howdah.access.Teams;
import io.howdah.engine.BackupKind;
import io.howdah.engine.Engine;
import io.howdah.operation.Operations;
import io.howdah.operation.Subject;
import io.howdah.server.Quotas;
import io.howdah.server.ServerChanged;
import io.howdah.server.ServerFacts;
import io.howdah.server.ServerRegister;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
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

/** The backups of servers, also of those that are gone: what there is, taking one now, deleting one, and the policy. */
@Stateless
public class BackupService {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Access access;

    @Inject
    private Operations operations;

    @Inject
    private ServerRegister register;

    @Inject
    private Teams teams;

    @Inject
    private Engine engine;

    @Inject
    private BackupViews views;

    @Inject
    private BackupStart start;

    @Inject
    private BackupBytes bytes;

    @Inject
    private Quotas quotas;

    @Inject
    private DeleteBackup deleteBackup;

    @Inject
    private Event<ServerChanged> changes;

    @Inject
    private Clock clock;

    /** All that the caller may see, what needs somebody first. */
    public List<FleetRow> fleet() {
        Reach reach = access.reach(Permission.BACKUPS_READ);
        List<RecoveryState> states = entities.createQuery("select r from RecoveryState r", RecoveryState.class)
                .getResultStream()
                .filter(state -> reach.includes(state.teamId, state.serverId))
                .toList();
        return views.fleet(states, teams.names());
    }

    /** Whether this installation can take backups at all. */
    public boolean available() {
        access.reach(Permission.BACKUPS_READ);
        return engine.backups().isPresent();
    }

    /** @throws io.howdah.shared.ProblemException NotFound, also when the caller may not see it */
    public ServerBackups ofServer(UUID serverId) {
        RecoveryState state = serverId == null ? null : entities.find(RecoveryState.class, serverId);
        if (state != null) {
            permit(Permission.BACKUPS_READ, state.subject());
            return views.one(state);
        }
        ServerFacts server = serverId == null ? null : register.find(serverId).orElse(null);
        if (server == null) {
            throw notFound(serverId);
        }
        permit(Permission.BACKUPS_READ, new Subject(server.id(), server.name(), server.teamId(), server.node()));
        return BackupViews.none(server);
    }

    /** What somebody who asks for a backup is offered. */
    public OnDemand usual(UUID serverId) {
        permit(Permission.BACKUPS_READ, find(serverId).subject());
        return new OnDemand("", "", clock.instant().plus(BackupRules.USUALLY_KEPT));
    }

    /** The first rule that a wish for a backup breaks. */
    public Optional<Problem> check(UUID serverId, OnDemand wanted) {
        permit(Permission.BACKUPS_READ, find(serverId).subject());
        return BackupRules.check(wanted, clock.instant());
    }

    /**
     * Takes a backup now: a full one, so that it depends on no other.
     *
     * @return the operation's id
     */
    public UUID backUp(UUID serverId, OnDemand wanted) {
        raise(BackupRules.check(wanted, clock.instant()));
        RecoveryState state = find(serverId);
        Caller caller = change(
                Permission.BACKUPS_TAKE,
                state,
                Map.of(
                        "name",
                        wanted.name().strip(),
                        "keepUntil",
                        wanted.keepUntil().toString()));
        requireAvailable();
        Subject server = register.requireRunning(serverId);
        long held = entities.createQuery(
                        "select count(b) from BackupEntry b where b.serverId = :server and b.origin = :origin",
                        Long.class)
                .setParameter("server", serverId)
                .setParameter("origin", Origin.ON_DEMAND)
                .getSingleResult();
        if (held >= BackupRules.MOST) {
            throw Problem.of(ProblemCode.TooManyBackups, state.name, BackupRules.MOST)
                    .raise();
        }
        quotas.requireBackupStorage(state.teamId, state.name, bytes.another(serverId));
        // One line: it stands beside the backup in the repository too.
        String note = wanted.note() == null || wanted.note().isBlank()
                ? null
                : wanted.note().strip().replaceAll("\\s+", " ");
        OnDemand asked = new OnDemand(wanted.name().strip(), note, wanted.keepUntil());
        UUID operation = start.begin(server, new Due(BackupKind.FULL, Origin.ON_DEMAND), asked, caller)
                .orElseThrow(
                        () -> Problem.of(ProblemCode.BackupUnderWay, state.name).raise());
        changes.fire(new ServerChanged(serverId));
        return operation;
    }

    /**
     * Deletes a backup, and those that build on it.
     *
     * @return the operation's id
     */
    public UUID delete(UUID serverId, UUID backupId) {
        RecoveryState state = find(serverId);
        List<BackupView> all = views.backups(serverId);
        BackupView backup = all.stream()
                .filter(one -> one.id().equals(backupId) && !one.underWay())
                .findFirst()
                .orElse(null);
        Caller caller = change(
                Permission.BACKUPS_DELETE,
                state,
                Map.of("backup", backup == null ? String.valueOf(backupId) : backup.label()));
        requireAvailable();
        if (backup == null) {
            throw Problem.of(ProblemCode.BackupGone, state.name).raise();
        }
        int going = 1 + BackupChains.goingWith(backup, all).size();
        if (state.goneAt == null
                && going >= all.stream().filter(one -> !one.underWay()).count()) {
            throw Problem.of(ProblemCode.BackupLastOne, state.name).raise();
        }
        UUID operation = operations.start(
                deleteBackup,
                state.subject(),
                new DeleteBackup.Request(backup.label()),
                caller,
                Permission.BACKUPS_DELETE);
        changes.fire(new ServerChanged(serverId));
        return operation;
    }

    /**
     * Changes when a server is backed up and how long that is kept; a shorter retention counts from the next backup on.
     *
     * @throws io.howdah.shared.ProblemException BackupPolicyInvalid, NotFound, QuotaExceeded for a longer retention
     */
    @Approvable
    public void setPolicy(UUID serverId, Policy policy) {
        raise(BackupRules.check(policy));
        RecoveryState state = find(serverId);
        PolicyEntry entry = entities.find(PolicyEntry.class, serverId, LockModeType.PESSIMISTIC_WRITE);
        boolean shorter = policy.retentionDays() < entry.policy().retentionDays();
        Caller caller = access.change(
                Permission.BACKUPS_POLICY,
                Scope.server(state.teamId, state.serverId),
                new Target("server", state.serverId, state.name),
                Map.of("before", entry.policy().toString(), "after", policy.toString()),
                shorter ? ProtectedAction.RETENTION_SHORTEN : null);
        if (policy.retentionDays() > entry.retentionDays) {
            quotas.requireBackupStorage(
                    state.teamId,
                    state.name,
                    BackupBytes.longer(state.repositoryBytes, entry.retentionDays, policy.retentionDays()));
        }
        Instant now = clock.instant();
        entry.set(policy, now, caller.name());
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

    private void permit(Permission permission, Subject server) {
        if (!access.sees(
                Permission.SERVERS_READ,
                Scope.server(server.teamId(), server.id()),
                new Target("server", server.id(), server.name()))) {
            throw notFound(server.id());
        }
        access.permit(
                permission,
                Scope.server(server.teamId(), server.id()),
                new Target("server", server.id(), server.name()));
    }

    private Caller change(Permission permission, RecoveryState state, Map<String, String> details) {
        return access.change(
                permission,
                Scope.server(state.teamId, state.serverId),
                new Target("server", state.serverId, state.name),
                details);
    }

    private void requireAvailable() {
        if (engine.backups().isEmpty()) {
            throw Problem.of(ProblemCode.BackupsNotAvailable).raise();
        }
    }

    private static io.howdah.shared.ProblemException notFound(UUID serverId) {
        return Problem.of(ProblemCode.NotFound, "server", String.valueOf(serverId))
                .raise();
    }

    private static void raise(Optional<Problem> problem) {
        problem.ifPresent(found -> {
            throw found.raise();
        });
    }
}
