package io.howdah.backup;

import io.howdah.operation.OperationEnded;
import io.howdah.operation.OperationStatus;
import io.howdah.operation.Operations;
import io.howdah.server.Looks;
import io.howdah.server.ServerChanged;
import jakarta.annotation.Priority;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What becomes of copies that are looked at: when an operation on one ends, and when its time is over. */
@Stateless
public class LookKeeping {

    private static final Set<String> KINDS = Set.of(Looks.OPEN, Looks.MOVE, Looks.CLOSE);

    /** So long may a failed opening be retried. */
    private static final Duration RETRY = Duration.ofDays(1);

    /** Closing that failed is tried again. */
    private static final Duration AGAIN = Duration.ofMinutes(10);

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Looks looks;

    @Inject
    private Operations operations;

    @Inject
    private Event<ServerChanged> changes;

    @Inject
    private Clock clock;

    /** In the transaction that writes the end; after the audit log's writer, as all that follow from an end. */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void ended(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) OperationEnded end) {
        if (!KINDS.contains(end.kind())) {
            return;
        }
        entities.createQuery("select l from Look l where l.operationId = :operation", Look.class)
                .setParameter("operation", end.operationId())
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList()
                .forEach(look -> settle(look, end));
        changes.fire(new ServerChanged(end.subjectId()));
    }

    private void settle(Look look, OperationEnded end) {
        boolean succeeded = end.status() == OperationStatus.SUCCEEDED;
        if (end.kind().equals(Looks.CLOSE)) {
            if (succeeded) {
                entities.remove(look);
            }
        } else if (!succeeded) {
            // One that was open before either is still, or is seen to be gone.
            look.state = look.at == null ? Look.State.FAILED : Look.State.OPEN;
        } else if (look.state == Look.State.FAILED && another(look)) {
            // A retry has come too late: meanwhile the server is looked at anew.
            close(look);
        } else {
            look.reached();
            look.openUntil = clock.instant().plus(Look.STAY);
        }
    }

    private boolean another(Look look) {
        return entities.createQuery(
                                "select count(l) from Look l where l.serverId = :server and l.state <> :failed",
                                Long.class)
                        .setParameter("server", look.serverId)
                        .setParameter("failed", Look.State.FAILED)
                        .getSingleResult()
                > 0;
    }

    private void close(Look look) {
        RecoveryState server = entities.find(RecoveryState.class, look.serverId);
        look.operationId = looks.close(look.id, server.subject(), Operations.itself());
        look.openUntil = clock.instant().plus(AGAIN);
        if (look.state != Look.State.FAILED) {
            look.state = Look.State.CLOSING;
        }
    }

    /** Begins to close those whose time is over; says how many. */
    public int closeOverdue() {
        Instant now = clock.instant();
        List<Look> overdue = entities.createQuery(
                        "select l from Look l where l.openUntil < :now and l.state in :open", Look.class)
                .setParameter("now", now)
                .setParameter("open", List.of(Look.State.OPEN, Look.State.CLOSING))
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultStream()
                .filter(look -> look.state == Look.State.OPEN || !operations.open(look.serverId))
                .toList();
        overdue.forEach(this::close);
        entities.createQuery("delete from Look l where l.state = :failed and l.askedAt < :before")
                .setParameter("failed", Look.State.FAILED)
                .setParameter("before", now.minus(RETRY))
                .executeUpdate();
        return overdue.size();
    }
}
