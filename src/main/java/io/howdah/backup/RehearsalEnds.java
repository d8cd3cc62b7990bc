package io.howdah.backup;

import io.howdah.access.EventKind;
import io.howdah.access.Notice;
import io.howdah.access.Notices;
import io.howdah.operation.OperationEnded;
import io.howdah.operation.OperationStatus;
import io.howdah.server.ServerChanged;
import io.howdah.shared.Messages;
import io.howdah.shared.ProblemCode;
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

/** Writes down how a rehearsal ended, and tells people when it proved nothing, in the transaction that ends its operation. */
@Stateless
public class RehearsalEnds {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Instance<Notices> notices;

    @Inject
    private Event<ServerChanged> changes;

    @Inject
    private Clock clock;

    /** After the audit log's writer: locks come in one order everywhere. */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void ended(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER + 1) OperationEnded end) {
        if (!end.kind().equals(RehearseBackup.KIND)) {
            return;
        }
        Rehearsal rehearsal = entities.find(Rehearsal.class, end.operationId(), LockModeType.PESSIMISTIC_WRITE);
        if (rehearsal == null) {
            return;
        }
        if (end.status() == OperationStatus.CANCELLED) {
            cancelled(rehearsal);
        } else {
            write(rehearsal, end);
        }
        changes.fire(new ServerChanged(end.subjectId()));
    }

    /** One that was taken back has shown nothing, and is no part of the history. */
    private void cancelled(Rehearsal rehearsal) {
        RecoveryState state = entities.find(RecoveryState.class, rehearsal.serverId, LockModeType.PESSIMISTIC_WRITE);
        if (state != null && rehearsal.byItself) {
            state.rehearsalCancelledAt = clock.instant();
        }
        entities.remove(rehearsal);
    }

    private void write(Rehearsal rehearsal, OperationEnded end) {
        boolean passed = end.status() == OperationStatus.SUCCEEDED;
        boolean noRoom = !passed && end.problem().code() == ProblemCode.RehearsalNoRoom;
        rehearsal.endedAt = clock.instant();
        rehearsal.state = passed
                ? RehearsalView.State.PASSED
                : noRoom ? RehearsalView.State.DEFERRED : RehearsalView.State.FAILED;
        rehearsal.problemCode = passed ? null : end.problem().code().name();
        rehearsal.problem = passed ? null : end.problem().message();
        rehearsal.hint = passed ? null : end.problem().hint();
        if (!passed && notices.isResolvable()) {
            notices.get()
                    .tell(new Notice(
                            EventKind.REHEARSAL_FAILED,
                            end.teamId(),
                            end.subjectId(),
                            end.subjectName(),
                            Messages.text("backup.notice.rehearsal", end.subjectName()),
                            end.problem().message() + " " + end.problem().hint(),
                            "operations/" + end.operationId(),
                            null));
        }
    }
}
