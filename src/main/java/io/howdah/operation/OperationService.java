package io.howdah.operation;

import io.howdah.access.Access;
import io.howdah.access.Caller;
import io.howdah.access.Permission;
import io.howdah.access.Reach;
import io.howdah.access.Scope;
import io.howdah.access.Target;
import io.howdah.shared.Json;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** Watching operations, cancelling those that have not ended, and retrying those that failed. */
@Stateless
public class OperationService {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Access access;

    @Inject
    private Workflows workflows;

    @Inject
    private Line line;

    @Inject
    private OperationViews views;

    @Inject
    private Event<OperationChanged> changes;

    @Inject
    private Event<OperationDue> due;

    /** Newest first, without their steps. */
    public List<OperationView> list(OperationFilter filter, int offset, int limit) {
        Reach reach = access.reach(Permission.OPERATIONS_READ);
        return views.list(query("select o from Operation o", filter, reach, " order by o.number desc", Operation.class)
                .setFirstResult(offset)
                .setMaxResults(limit)
                .getResultList());
    }

    public int count(OperationFilter filter) {
        Reach reach = access.reach(Permission.OPERATIONS_READ);
        return query("select count(o) from Operation o", filter, reach, "", Long.class)
                .getSingleResult()
                .intValue();
    }

    /** Those not ended first, then the newest; for the bell. */
    public List<OperationView> recent(int limit) {
        Reach reach = access.reach(Permission.OPERATIONS_READ);
        return views.list(query(
                        "select o from Operation o",
                        OperationFilter.ALL,
                        reach,
                        " order by case when o.endedAt is null then 0 else 1 end, o.number desc",
                        Operation.class)
                .setMaxResults(limit)
                .getResultList());
    }

    /** With all its steps: those taken, and those still to come. */
    public OperationView get(UUID operationId) {
        Operation operation = find(operationId);
        List<OperationStep> steps = entities.createQuery(
                        "select s from OperationStep s where s.operationId = :operation order by s.id",
                        OperationStep.class)
                .setParameter("operation", operationId)
                .getResultList();
        return views.one(operation, steps);
    }

    /**
     * Takes an operation back. One that waits ends at once; one that runs is undone, unless it is past the step from
     * which on it goes only forward.
     *
     * @throws io.howdah.shared.ProblemException OperationEnded, OperationOnlyForward, OperationBeingUndone
     */
    public UUID cancel(UUID operationId) {
        find(operationId);
        Operation operation = entities.find(Operation.class, operationId, LockModeType.PESSIMISTIC_WRITE);
        Workflow<?, ?> workflow = workflows.of(operation.kind);
        Caller caller = access.change(
                Permission.OPERATIONS_CANCEL,
                Scope.of(operation.teamId, operation.subjectId),
                target(operation),
                Map.of("operation", operation.id.toString(), "kind", operation.kind));
        if (operation.status.ended()) {
            throw Problem.of(ProblemCode.OperationEnded).raise();
        }
        if (operation.undoing) {
            throw Problem.of(ProblemCode.OperationBeingUndone).raise();
        }
        if (OperationViews.tooLate(operation, workflow)) {
            throw Problem.of(ProblemCode.OperationOnlyForward, Workflows.title(operation.kind, operation.step))
                    .raise();
        }
        if (operation.cancelAskedAt == null) {
            line.leave(operation, caller.name());
            changes.fire(new OperationChanged(operation.id, operation.subjectId));
            due.fire(new OperationDue(operation.id));
        }
        return operation.id;
    }

    /**
     * What the operation has said, such as the rows of a query; null when nothing is kept. It may show what is in
     * people's tables, so it takes more than seeing the operation, the permission to have begun it, and is on record.
     */
    public String output(UUID operationId) {
        Operation operation = find(operationId);
        access.change(
                Permission.of(operation.action),
                Scope.of(operation.teamId, operation.subjectId),
                target(operation),
                Map.of("operation", operation.id.toString(), "read", "output"));
        OperationOutput output = entities.find(OperationOutput.class, operationId);
        return output == null ? null : output.text;
    }

    /** Whether the operation has said something that the caller may read. */
    public boolean hasOutput(UUID operationId) {
        Operation operation = find(operationId);
        return access.may(Permission.of(operation.action), Scope.of(operation.teamId, operation.subjectId))
                && entities.find(OperationOutput.class, operationId) != null;
    }

    /**
     * Puts a failed operation back in line: at the step that failed, or at the beginning if it was undone.
     *
     * @throws io.howdah.shared.ProblemException OperationNotFailed
     */
    public UUID retry(UUID operationId) {
        find(operationId);
        Operation operation = entities.find(Operation.class, operationId, LockModeType.PESSIMISTIC_WRITE);
        if (operation.status != OperationStatus.FAILED
                || !line.superseded(List.of(operationId)).isEmpty()) {
            throw Problem.of(ProblemCode.OperationNotFailed).raise();
        }
        access.change(
                Permission.OPERATIONS_RETRY,
                Scope.of(operation.teamId, operation.subjectId),
                target(operation),
                Map.of("operation", operation.id.toString(), "kind", operation.kind));
        retry(workflows.of(operation.kind), operation);
        changes.fire(new OperationChanged(operation.id, operation.subjectId));
        due.fire(new OperationDue(operation.id));
        return operation.id;
    }

    private <S extends Enum<S>, D extends Record> void retry(Workflow<S, D> workflow, Operation operation) {
        S failed = Enum.valueOf(workflow.steps(), operation.failedStep);
        D data = Json.read(operation.data, workflow.data());
        S step = workflow.retryFrom(failed, data);
        boolean undoing = !workflow.path().contains(step);
        String first = workflow.path().get(0).name();
        if (!line.rejoin(operation, step.name(), undoing, first, workflow.deadline(data))) {
            throw Problem.of(ProblemCode.OperationNotFailed).raise();
        }
    }

    private Operation find(UUID id) {
        Operation operation = id == null ? null : entities.find(Operation.class, id);
        if (operation == null
                || !access.sees(
                        Permission.OPERATIONS_READ,
                        Scope.of(operation.teamId, operation.subjectId),
                        target(operation))) {
            throw Problem.of(ProblemCode.NotFound, "operation", String.valueOf(id))
                    .raise();
        }
        return operation;
    }

    private static Target target(Operation operation) {
        return new Target("server", operation.subjectId, operation.subjectName);
    }

    private <T> TypedQuery<T> query(String select, OperationFilter filter, Reach reach, String order, Class<T> type) {
        List<String> conditions = new ArrayList<>();
        Map<String, Object> parameters = new HashMap<>();
        if (!reach.everywhere()) {
            conditions.add("(o.teamId in :teams or o.subjectId in :servers)");
            parameters.put("servers", reach.serversOrNone());
            parameters.put("teams", reach.teamsOrNone());
        }
        if (filter.text() != null && !filter.text().isBlank()) {
            conditions.add(
                    "(lower(o.subjectName) like :text or lower(o.requestedBy) like :text or o.correlationId like :text)");
            parameters.put("text", "%" + filter.text().strip().toLowerCase(Locale.ROOT) + "%");
        }
        if (filter.status() != null) {
            conditions.add("o.status = :status");
            parameters.put("status", filter.status());
        }
        if (filter.subjectId() != null) {
            conditions.add("o.subjectId = :subject");
            parameters.put("subject", filter.subjectId());
        }
        if (filter.kind() != null && !filter.kind().isBlank()) {
            conditions.add("o.kind = :kind");
            parameters.put("kind", filter.kind());
        }
        String where = conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
        TypedQuery<T> query = entities.createQuery(select + where + order, type);
        parameters.forEach(query::setParameter);
        return query;
    }
}
