package io.howdah.backup;

import io.howdah.access.EventKind;
import io.howdah.access.Notice;
import io.howdah.access.Notices;
import io.howdah.engine.BackupKind;
import io.howdah.engine.Engine;
import io.howdah.operation.OperationEnded;
import io.howdah.operation.OperationStatus;
import io.howdah.operation.Operations;
import io.howdah.server.Restores;
import io.howdah.server.ServerFacts;
import io.howdah.server.ServerRegister;
import io.howdah.shared.Messages;
import io.howdah.shared.Settings;
import jakarta.annotation.Priority;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
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
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/**
 * What follows from the end of an operation, in the transaction that writes it: a new server gets its policy and its first
 * backup, a restored one a full backup, and what was only asked for becomes what is there.
 */
@Stateless
public class BackupEnds {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private ServerRegister register;

    @Inject
    private Enrolment enrolment;

    @Inject
    private BackupStart start;

    @Inject
    private Engine engine;

    @Inject
    private Instance<Notices> notices;

    @Inject
    private Settings settings;

    @Inject
    private Clock clock;

    /** After the audit log's writer: locks come in one order everywhere, the operation's, the audit log's, the line's. */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void ended(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) OperationEnded end) {
        boolean succeeded = end.status() == OperationStatus.SUCCEEDED;
        if (end.kind().equals(BackUpServer.KIND)) {
            backedUp(end, succeeded);
        } else if (end.kind().equals(Restores.NEW_SERVER) || end.kind().equals(Restores.IN_PLACE)) {
            restored(end, succeeded);
        } else if (end.kind().equals(Restores.UNDO) || end.kind().equals(Restores.CONFIRM)) {
            settled(end, succeeded);
        }
        boolean another = end.kind().equals(Restores.IN_PLACE) || end.kind().equals(Restores.UNDO);
        if (succeeded && (another || Restores.MAKING.contains(end.kind()))) {
            begin(end.subjectId(), another);
        }
    }

    private void backedUp(OperationEnded end, boolean succeeded) {
        BackupEntry entry = entities.find(BackupEntry.class, end.operationId());
        RecoveryState state = entities.find(RecoveryState.class, end.subjectId(), LockModeType.PESSIMISTIC_WRITE);
        boolean pending = entry != null && entry.label == null;
        boolean news = state == null || !state.toldBackup || pending && entry.origin == Origin.ON_DEMAND;
        if (pending) {
            entities.remove(entry);
        }
        if (end.status() == OperationStatus.FAILED && news) {
            tell(end);
        }
        if (state != null && end.status() != OperationStatus.CANCELLED) {
            state.toldBackup = !succeeded;
        }
    }

    private void tell(OperationEnded end) {
        if (notices.isResolvable()) {
            notices.get()
                    .tell(new Notice(
                            EventKind.BACKUP_FAILED,
                            end.teamId(),
                            end.subjectId(),
                            end.subjectName(),
                            Messages.text("backup.notice.failed", end.subjectName()),
                            end.problem().message() + " " + end.problem().hint(),
                            "operations/" + end.operationId(),
                            null));
        }
    }

    private void restored(OperationEnded end, boolean succeeded) {
        Restoration restoration = entities.find(Restoration.class, end.operationId(), LockModeType.PESSIMISTIC_WRITE);
        if (restoration == null) {
            return;
        }
        Instant now = clock.instant();
        restoration.endedAt = now;
        if (!succeeded) {
            restoration.state = Restoration.State.FAILED;
            return;
        }
        restoration.seconds = Duration.between(restoration.askedAt, now).toMillis() / 1000.0;
        // Of a server whose files were lost there is no former state.
        boolean replaced = end.kind().equals(Restores.IN_PLACE);
        restoration.state = replaced ? Restoration.State.KEPT : Restoration.State.DONE;
        restoration.keptUntil = replaced ? now.plus(settings.graceTime()) : null;
    }

    /** What did not work can be tried again as long as the former state is kept. */
    private void settled(OperationEnded end, boolean succeeded) {
        boolean undo = end.kind().equals(Restores.UNDO);
        Restoration.State reached = undo ? Restoration.State.UNDONE : Restoration.State.CONFIRMED;
        entities.createQuery(
                        "select r from Restoration r where r.serverId = :server and r.state in :open order by r.askedAt desc",
                        Restoration.class)
                .setParameter("server", end.subjectId())
                .setParameter(
                        "open",
                        // A retry finds it as its failure has left it.
                        List.of(
                                undo ? Restoration.State.GOING_BACK : Restoration.State.DISCARDING,
                                Restoration.State.KEPT))
                .setMaxResults(1)
                .getResultList()
                .forEach(restoration -> restoration.state = succeeded ? reached : Restoration.State.KEPT);
    }

    private void begin(UUID serverId, boolean another) {
        ServerFacts facts = register.find(serverId).orElse(null);
        if (facts == null || engine.backups().isEmpty()) {
            return;
        }
        RecoveryState state = enrolment.enrol(facts);
        if (another) {
            // The repository tells the begin of a backup to the second.
            state.fullWantedSince = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        }
        entities.flush();
        Due due = new Due(BackupKind.FULL, another ? Origin.AFTER_RESTORE : Origin.FIRST);
        start.begin(state.subject(), due, null, Operations.itself());
    }
}
