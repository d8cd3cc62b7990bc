package io.howdah.operation;

import io.howdah.access.Caller;
import io.howdah.access.Permission;
import io.howdah.shared.Ids;
import io.howdah.shared.Json;
import io.howdah.shared.ProblemCode;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Where services begin operations: in the transaction of the wish, so that the two stand or fall together. */
@Stateless
public class Operations {

    /** Who asks when nobody did: the product itself, keeping a promise. */
    public static Caller itself() {
        return new Caller(null, "howdah", null, Ids.correlation());
    }

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Line line;

    @Inject
    private Event<OperationChanged> changes;

    @Inject
    private Event<OperationDue> due;

    @Inject
    private Event<RoomWanted> wanting;

    @Inject
    private Workflows workflows;

    /** Something is to have the subject for itself, and others are at work on it. */
    record RoomWanted(UUID subjectId) {}

    /**
     * An operation that has not ended.
     *
     * @param data what it was asked, as JSON
     */
    public record Asked(UUID operationId, String kind, String data) {}

    /**
     * Puts an operation in its subject's line. It begins as soon as the transaction has committed and its turn has come.
     * What is recorded in the audit log in the same transaction is recorded before.
     *
     * @return the operation's id
     */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public <D extends Record> UUID start(
            Workflow<?, D> workflow, Subject subject, D data, Caller caller, Permission permission) {
        Operation operation = new Operation();
        operation.id = Ids.random();
        operation.kind = workflow.kind();
        operation.subjectId = subject.id();
        operation.subjectName = subject.name();
        operation.teamId = subject.teamId();
        operation.hold = workflow.hold();
        operation.pinnedTo = subject.node() == null ? "" : subject.node();
        operation.step = workflow.path().get(0).name();
        operation.data = Json.write(data);
        operation.requestedBy = caller.name();
        operation.correlationId = caller.correlationId();
        operation.action = permission.action();
        line.join(operation, workflow.deadline(data));
        changes.fire(new OperationChanged(operation.id, subject.id()));
        due.fire(new OperationDue(operation.id));
        if (operation.hold == Hold.EXCLUSIVE && !sharing(subject.id()).isEmpty()) {
            wanting.fire(new RoomWanted(subject.id()));
        }
        return operation.id;
    }

    private List<UUID> sharing(UUID subjectId) {
        return entities.createQuery(
                        "select o.id from Operation o where o.subjectId = :subject and o.hold = :shared"
                                + " and o.status in (:queued, :running) and o.cancelAskedAt is null",
                        UUID.class)
                .setParameter("subject", subjectId)
                .setParameter("shared", Hold.SHARED)
                .setParameter("queued", OperationStatus.QUEUED)
                .setParameter("running", OperationStatus.RUNNING)
                .getResultList();
    }

    /** Cancels what gives way on the subject, in the product's own name, unless it goes only forward by now. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void makeRoom(UUID subjectId) {
        for (UUID id : sharing(subjectId)) {
            Operation operation = entities.find(Operation.class, id, LockModeType.PESSIMISTIC_WRITE);
            entities.refresh(operation);
            boolean going = !operation.status.ended() && !operation.undoing && operation.cancelAskedAt == null;
            if (going && givesWay(operation, workflows.of(operation.kind))) {
                line.leave(operation, itself().name());
                changes.fire(new OperationChanged(id, subjectId));
                due.fire(new OperationDue(id));
            }
        }
    }

    private static <D extends Record> boolean givesWay(Operation operation, Workflow<?, D> workflow) {
        return !OperationViews.tooLate(operation, workflow)
                && workflow.givesWay(Json.read(operation.data, workflow.data()));
    }

    /** Whether any operation on the subject is queued or running. */
    public boolean open(UUID subjectId) {
        return entities.createQuery(
                                "select count(o) from Operation o where o.subjectId = :subject and o.status in (:queued, :running)",
                                Long.class)
                        .setParameter("subject", subjectId)
                        .setParameter("queued", OperationStatus.QUEUED)
                        .setParameter("running", OperationStatus.RUNNING)
                        .getSingleResult()
                > 0;
    }

    /** Whether any operation is queued or running that has the subject for itself: what is true now may not be then. */
    public boolean changing(UUID subjectId) {
        return entities.createQuery(
                                "select count(o) from Operation o where o.subjectId = :subject and o.hold = :alone"
                                        + " and o.status in (:queued, :running)",
                                Long.class)
                        .setParameter("subject", subjectId)
                        .setParameter("alone", Hold.EXCLUSIVE)
                        .setParameter("queued", OperationStatus.QUEUED)
                        .setParameter("running", OperationStatus.RUNNING)
                        .getSingleResult()
                > 0;
    }

    /** The subjects of which {@link #changing} is true. */
    public Set<UUID> changingSubjects() {
        return new HashSet<>(entities.createQuery(
                        "select distinct o.subjectId from Operation o where o.hold = :alone"
                                + " and o.status in (:queued, :running)",
                        UUID.class)
                .setParameter("alone", Hold.EXCLUSIVE)
                .setParameter("queued", OperationStatus.QUEUED)
                .setParameter("running", OperationStatus.RUNNING)
                .getResultList());
    }

    /** What was asked of the subject last, of these kinds, and has neither ended nor been taken back. */
    public Optional<Asked> lastAsked(UUID subjectId, Collection<String> kinds) {
        return line.lastAsked(subjectId, null, kinds);
    }

    /** The same, leaving one operation out. */
    public Optional<Asked> lastAsked(UUID subjectId, UUID without, Collection<String> kinds) {
        return line.lastAsked(subjectId, without, kinds);
    }

    /** When the newest operation of that kind on the subject failed; null when it succeeded or there is none. */
    public Instant lastFailure(UUID subjectId, String kind) {
        return newestFailure(subjectId, kind).map(Failure::at).orElse(null);
    }

    /**
     * How the newest operation of that kind on the subject ended badly.
     *
     * @param data what it was asked, as JSON
     */
    public record Failure(UUID operationId, String data, ProblemCode code, Instant at) {}

    /** Empty when the newest of that kind has not failed, or there is none. */
    public Optional<Failure> newestFailure(UUID subjectId, String kind) {
        return entities.createQuery(
                        "select o from Operation o where o.subjectId = :subject and o.kind = :kind order by o.number desc",
                        Operation.class)
                .setParameter("subject", subjectId)
                .setParameter("kind", kind)
                .setMaxResults(1)
                .getResultStream()
                .filter(operation -> operation.status == OperationStatus.FAILED)
                .map(operation -> new Failure(
                        operation.id, operation.data, ProblemCode.valueOf(operation.problemCode), operation.endedAt))
                .findFirst();
    }
}
