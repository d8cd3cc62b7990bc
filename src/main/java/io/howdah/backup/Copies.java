package io.howdah.backup;

import io.howdah.access.EventKind;
import io.howdah.access.Notice;
import io.howdah.access.Notices;
import io.howdah.access.Permission;
import io.howdah.engine.Archiving;
import io.howdah.engine.BackupEngine;
import io.howdah.engine.BackupKind;
import io.howdah.engine.Engine;
import io.howdah.operation.OperationEnded;
import io.howdah.operation.OperationStatus;
import io.howdah.operation.Operations;
import io.howdah.server.ServerChanged;
import io.howdah.server.ServerFacts;
import io.howdah.server.ServerRegister;
import io.howdah.shared.Messages;
import io.howdah.shared.Problem;
import jakarta.annotation.Priority;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The transactions about second repositories: each backup is followed by its copy, one that did not succeed is tried again,
 * and people are told once when the second repository falls behind.
 */
@Stateless
public class Copies {

    /** What lies in an object store on the other side of the world is not back within a minute. */
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMinutes(15);

    /** By then the backup that has ended is known by its label, or not at all. */
    private static final int AFTER_BACKUPS = Interceptor.Priority.LIBRARY_AFTER + 100;

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private ServerRegister register;

    @Inject
    private Operations operations;

    @Inject
    private CopyBackup copyBackup;

    @Inject
    private Engine engine;

    @Inject
    private Instance<Notices> notices;

    @Inject
    private Event<ServerChanged> changes;

    @Inject
    private Clock clock;

    /** Whether this installation has a place for second repositories. */
    public boolean wanted() {
        return engine.backups().flatMap(BackupEngine::remote).isPresent();
    }

    /** A backup has ended: its copy follows, also when the backup itself failed, whose cause may be the first repository. */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void ended(@Observes @Priority(AFTER_BACKUPS) OperationEnded end) {
        if (end.kind().equals(CopyBackup.KIND)) {
            copied(end);
        } else if (end.kind().equals(BackUpServer.KIND) && end.status() != OperationStatus.CANCELLED && wanted()) {
            RecoveryState state = entities.find(RecoveryState.class, end.subjectId(), LockModeType.PESSIMISTIC_WRITE);
            if (state != null) {
                state.remoteWanted = true;
                if (state.remoteOperation == null) {
                    begin(state, end.status() == OperationStatus.SUCCEEDED ? newest(state.serverId) : itself(end));
                }
            }
        }
    }

    private void copied(OperationEnded end) {
        RecoveryState state = entities.find(RecoveryState.class, end.subjectId(), LockModeType.PESSIMISTIC_WRITE);
        if (state == null || !end.operationId().equals(state.remoteOperation)) {
            return;
        }
        state.remoteOperation = null;
        if (end.status() == OperationStatus.SUCCEEDED) {
            state.remoteWanted = false;
        } else if (end.status() == OperationStatus.FAILED) {
            fails(state, end.problem());
        }
        changes.fire(new ServerChanged(state.serverId));
    }

    /** Servers of whose newest backup there is no copy, and none is being made. */
    public List<UUID> due() {
        List<UUID> running = register.all().stream()
                .filter(ServerFacts::runs)
                .map(ServerFacts::id)
                .toList();
        return entities.createQuery(
                        "select r from RecoveryState r where r.goneAt is null and r.remoteOperation is null"
                                + " and r.remoteWanted = true and r.readAt is not null",
                        RecoveryState.class)
                .getResultStream()
                .map(state -> state.serverId)
                .filter(running::contains)
                .toList();
    }

    /** Makes the copy that is due, unless one failed a moment ago; says whether it was begun. */
    public boolean begin(UUID serverId) {
        RecoveryState state = entities.find(RecoveryState.class, serverId, LockModeType.PESSIMISTIC_WRITE);
        Instant failed = operations.lastFailure(serverId, CopyBackup.KIND);
        boolean pause = failed != null && failed.isAfter(clock.instant().minus(PAUSE_AFTER_FAILURE));
        return state != null
                && state.remoteOperation == null
                && state.remoteWanted
                && !pause
                && begin(state, newest(serverId));
    }

    private BackupEntry newest(UUID serverId) {
        return entities.createQuery(
                        "select b from BackupEntry b where b.serverId = :server and b.label is not null order by b.askedAt desc",
                        BackupEntry.class)
                .setParameter("server", serverId)
                .setMaxResults(1)
                .getResultStream()
                .findFirst()
                .orElse(null);
    }

    /** The backup that could not be taken into the first repository. */
    private BackupEntry itself(OperationEnded end) {
        BackupEntry entry = new BackupEntry();
        entry.id = end.operationId();
        entry.kind = BackupKind.INCREMENTAL;
        entry.origin = Origin.SCHEDULED;
        entry.requestedBy = Operations.itself().name();
        return entry;
    }

    private boolean begin(RecoveryState state, BackupEntry newest) {
        if (newest == null) {
            return false;
        }
        BackupKind kind = state.remoteBackupAt == null ? BackupKind.FULL : newest.kind;
        state.remoteOperation = operations.start(
                copyBackup,
                state.subject(),
                new CopyBackup.Request(newest.id, kind, newest.notes(state.name)),
                Operations.itself(),
                Permission.BACKUPS_TAKE);
        return true;
    }

    /** Writes down how far the second repository is, when that is news. */
    public void shipped(UUID serverId, Archiving seen) {
        RecoveryState known = entities.find(RecoveryState.class, serverId);
        if (known == null || !known.remoteNews(seen)) {
            return;
        }
        RecoveryState state = entities.find(RecoveryState.class, serverId, LockModeType.PESSIMISTIC_WRITE);
        entities.refresh(state);
        state.remoteArchivedAt = seen.archivedAt();
        state.remoteWaiting = seen.waiting();
        state.remoteFailingSince = null;
        state.remoteTrouble = null;
        if (!state.remoteWanted) {
            state.toldRemote = false;
        }
        changes.fire(new ServerChanged(serverId));
    }

    /** WAL did not get there. */
    public void notShipped(UUID serverId, Archiving seen, Problem why) {
        RecoveryState state = entities.find(RecoveryState.class, serverId, LockModeType.PESSIMISTIC_WRITE);
        if (state == null) {
            return;
        }
        entities.refresh(state);
        state.remoteWaiting = seen.waiting();
        fails(state, why);
        changes.fire(new ServerChanged(serverId));
    }

    private void fails(RecoveryState state, Problem why) {
        Instant now = clock.instant();
        state.remoteFailingSince = state.remoteFailingSince == null ? now : state.remoteFailingSince;
        state.remoteTrouble = why.message();
        if (!state.toldRemote && notices.isResolvable()) {
            notices.get()
                    .tell(new Notice(
                            EventKind.BACKUP_FAILED,
                            state.teamId,
                            state.serverId,
                            state.name,
                            Messages.text("backup.notice.remote", state.name),
                            Messages.text("backup.notice.remote.text", why.message()),
                            "servers/" + state.name + "/backups",
                            null));
        }
        state.toldRemote = true;
    }
}
