package io.howdah.operation;

import io.howdah.shared.Problem;
import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** The runner's short transactions: claim what is due, write how a step ended. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class OperationTable {

    private static final Logger LOG = Logger.getLogger(OperationTable.class.getName());

    /** Longer than any step may take; the holder renews it with each step. */
    static final Duration LEASE = Duration.ofSeconds(60);

    /** The head of each line that is due and held by nobody. */
    private static final String CLAIM = """
            update operation set lease_owner = ?, lease_until = ?, status = 'RUNNING',
                                 started_at = coalesce(started_at, ?)
            where id in (
                select o.id from operation o
                where o.status in ('QUEUED', 'RUNNING') and o.due <= ?
                  and (o.lease_until is null or o.lease_until < ?)
                  and not exists (
                      select 1 from operation earlier
                      where earlier.subject_id = o.subject_id and earlier.number < o.number
                        and earlier.status in ('QUEUED', 'RUNNING'))
                order by o.due
                limit ?
                for update of o skip locked)
            returning id""";

    @Resource(lookup = "jdbc/howdah")
    private DataSource dataSource;

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Clock clock;

    @Inject
    private Event<OperationEnded> ends;

    /** What the runner needs to take the next step. */
    record Claimed(
            UUID id,
            String kind,
            UUID subjectId,
            String subjectName,
            String step,
            String data,
            int tries,
            Instant stepSince,
            Instant deadline,
            boolean undoing,
            String correlationId) {}

    public List<UUID> claim(String owner, int limit) {
        Instant now = clock.instant();
        List<UUID> claimed = new ArrayList<>();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(CLAIM)) {
            statement.setString(1, owner);
            statement.setTimestamp(2, Timestamp.from(now.plus(LEASE)));
            statement.setTimestamp(3, Timestamp.from(now));
            statement.setTimestamp(4, Timestamp.from(now));
            statement.setTimestamp(5, Timestamp.from(now));
            statement.setInt(6, limit);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    claimed.add(rows.getObject(1, UUID.class));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return claimed;
    }

    /** A node that starts again takes back at once what its former self held. */
    public void releaseLeases(String ownerPrefix) {
        entities.createQuery(
                        "update Operation o set o.leaseUntil = null, o.leaseOwner = null where o.leaseOwner like :owner")
                .setParameter("owner", ownerPrefix + "%")
                .executeUpdate();
    }

    /** Begins the step; empty when the lease was lost. */
    public Optional<Claimed> begin(UUID id, String owner) {
        Operation operation = held(id, owner);
        if (operation == null) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        operation.leaseUntil = now.plus(LEASE);
        OperationStep step = current(operation);
        if (step == null) {
            step = new OperationStep();
            step.operationId = operation.id;
            step.step = operation.step;
            step.startedAt = now;
            entities.persist(step);
        }
        step.state = StepView.State.RUNNING;
        return Optional.of(new Claimed(
                operation.id,
                operation.kind,
                operation.subjectId,
                operation.subjectName,
                operation.step,
                operation.data,
                step.tries + 1,
                step.startedAt,
                operation.deadline,
                operation.problemCode != null,
                operation.correlationId));
    }

    /** The step is done; {@code step} is next, and still ours. False when the lease was lost. */
    public boolean next(UUID id, String owner, String step) {
        Operation operation = held(id, owner);
        if (operation == null) {
            return false;
        }
        end(operation, StepView.State.DONE);
        operation.step = step;
        operation.doing = null;
        operation.leaseUntil = clock.instant().plus(LEASE);
        return true;
    }

    /** The same step again after a pause; the lease is given back. */
    public void again(UUID id, String owner, Duration pause, String doing, boolean failed) {
        Operation operation = held(id, owner);
        if (operation == null) {
            return;
        }
        OperationStep step = current(operation);
        if (failed) {
            step.tries++;
            step.state = StepView.State.RETRYING;
        }
        step.doing = doing;
        operation.doing = doing;
        operation.due = clock.instant().plus(pause);
        operation.leaseOwner = null;
        operation.leaseUntil = null;
    }

    /** The step has failed for good and {@code undoStep} comes next. */
    public void undo(UUID id, String owner, Problem problem, String detail, String undoStep) {
        Operation operation = held(id, owner);
        if (operation == null) {
            return;
        }
        end(operation, StepView.State.FAILED);
        operation.problem(problem, detail);
        operation.failedStep = operation.step;
        operation.step = undoStep;
        operation.doing = null;
        // Undoing gets time of its own: the deadline may be what ended the operation.
        operation.deadline = clock.instant().plus(Duration.ofMinutes(10));
        operation.leaseUntil = clock.instant().plus(LEASE);
    }

    /** The operation is over: well, or with {@code problem}, or with the problem that made it undo. */
    public void finish(UUID id, String owner, Problem problem, String detail) {
        Operation operation = held(id, owner);
        if (operation == null) {
            return;
        }
        end(operation, problem == null ? StepView.State.DONE : StepView.State.FAILED);
        if (problem != null) {
            operation.problem(problem, detail);
            operation.failedStep = operation.step;
        }
        boolean succeeded = operation.problemCode == null;
        operation.status = succeeded ? OperationStatus.SUCCEEDED : OperationStatus.FAILED;
        if (succeeded) {
            operation.data = "{}";
        }
        operation.endedAt = clock.instant();
        operation.doing = null;
        operation.leaseOwner = null;
        operation.leaseUntil = null;
        LOG.log(Level.INFO, "{0} of {1} {2}{3}; operation {4}, correlation id {5}", new Object[] {
            operation.kind,
            operation.subjectName,
            succeeded ? "succeeded" : "failed with " + operation.problemCode,
            operation.detail == null ? "" : ": " + operation.detail,
            operation.id,
            operation.correlationId
        });
        ends.fire(new OperationEnded(
                operation.id,
                operation.kind,
                operation.action,
                operation.subjectId,
                operation.subjectName,
                operation.teamId,
                operation.status,
                operation.requestedBy,
                operation.correlationId,
                operation.problem()));
    }

    private void end(Operation operation, StepView.State state) {
        OperationStep step = current(operation);
        if (step != null) {
            step.state = state;
            step.doing = null;
            step.tries++;
            step.endedAt = clock.instant();
        }
    }

    private OperationStep current(Operation operation) {
        return entities.createQuery(
                        "select s from OperationStep s where s.operationId = :operation and s.step = :step and s.endedAt is null order by s.id desc",
                        OperationStep.class)
                .setParameter("operation", operation.id)
                .setParameter("step", operation.step)
                .setMaxResults(1)
                .getResultStream()
                .findFirst()
                .orElse(null);
    }

    /** Null when somebody else has taken over: then nothing this process still thinks about it counts. */
    private Operation held(UUID id, String owner) {
        Operation operation = entities.find(Operation.class, id, jakarta.persistence.LockModeType.PESSIMISTIC_WRITE);
        return operation != null && owner.equals(operation.leaseOwner) && !operation.status.ended() ? operation : null;
    }
}
