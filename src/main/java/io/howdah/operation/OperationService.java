package io.howdah.operation;

import io.howdah.access.Access;
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
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** Watching operations, and retrying those that failed. */
@Stateless
public class OperationService {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Access access;

    @Inject
    private Workflows workflows;

    @Inject
    private Clock clock;

    @Inject
    private Event<OperationChanged> changes;

    /** Newest first, without their steps. */
    public List<OperationView> list(OperationFilter filter, int offset, int limit) {
        Reach reach = access.reach(Permission.OPERATIONS_READ);
        return query("select o from Operation o", filter, reach, " order by o.number desc", Operation.class)
                .setFirstResult(offset)
                .setMaxResults(limit)
                .getResultStream()
                .map(operation -> view(operation, null))
                .toList();
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
        return query(
                        "select o from Operation o",
                        OperationFilter.ALL,
                        reach,
                        " order by case when o.endedAt is null then 0 else 1 end, o.number desc",
                        Operation.class)
                .setMaxResults(limit)
                .getResultStream()
                .map(operation -> view(operation, null))
                .toList();
    }

    /** With all its steps: those taken, and those still to come. */
    public OperationView get(UUID operationId) {
        Operation operation = find(operationId);
        access.permit(Permission.OPERATIONS_READ, new Scope(operation.teamId), target(operation));
        List<OperationStep> steps = entities.createQuery(
                        "select s from OperationStep s where s.operationId = :operation order by s.id",
                        OperationStep.class)
                .setParameter("operation", operationId)
                .getResultList();
        return view(operation, steps);
    }

    /**
     * What the operation has said, such as the rows of a query; null when nothing is kept. It may show what is in
     * people's tables, so it takes more than seeing the operation: the permission to have begun it.
     */
    public String output(UUID operationId) {
        Operation operation = find(operationId);
        access.permit(Permission.of(operation.action), new Scope(operation.teamId), target(operation));
        OperationOutput output = entities.find(OperationOutput.class, operationId);
        return output == null ? null : output.text;
    }

    /** Whether the operation has said something that the caller may read. */
    public boolean hasOutput(UUID operationId) {
        Operation operation = find(operationId);
        return access.may(Permission.of(operation.action), new Scope(operation.teamId))
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
        if (operation.status != OperationStatus.FAILED || superseded(operation)) {
            throw Problem.of(ProblemCode.OperationNotFailed).raise();
        }
        access.change(
                Permission.OPERATIONS_RETRY,
                new Scope(operation.teamId),
                target(operation),
                Map.of("operation", operation.id.toString(), "kind", operation.kind));
        Workflow<?, ?> workflow = workflows.of(operation.kind);
        operation.step = retryStep(workflow, operation);
        operation.status = OperationStatus.QUEUED;
        operation.problem(null, null);
        operation.failedStep = null;
        operation.endedAt = null;
        operation.due = clock.instant();
        operation.deadline = operation.due.plus(workflow.deadline());
        changes.fire(new OperationChanged(operation.id, operation.subjectId));
        return operation.id;
    }

    private static <S extends Enum<S>, D extends Record> String retryStep(
            Workflow<S, D> workflow, Operation operation) {
        S failed = Enum.valueOf(workflow.steps(), operation.failedStep);
        return workflow.retryFrom(failed, Json.read(operation.data, workflow.data()))
                .name();
    }

    /** A later operation on the same subject means that the world has moved on since this one failed. */
    private boolean superseded(Operation operation) {
        return entities.createQuery(
                                "select count(o) from Operation o where o.subjectId = :subject and o.number > :number",
                                Long.class)
                        .setParameter("subject", operation.subjectId)
                        .setParameter("number", operation.number)
                        .getSingleResult()
                > 0;
    }

    /** @param steps those taken, or null to leave steps out */
    private OperationView view(Operation operation, List<OperationStep> steps) {
        Workflow<?, ?> workflow = workflows.of(operation.kind);
        List<String> path = workflow.path().stream().map(Enum::name).toList();
        int done =
                operation.status == OperationStatus.SUCCEEDED ? path.size() : Math.max(0, path.indexOf(operation.step));
        return new OperationView(
                operation.id,
                operation.kind,
                Workflows.title(operation.kind),
                operation.subjectId,
                operation.subjectName,
                operation.teamId,
                operation.status,
                operation.doing != null ? operation.doing : doing(operation),
                done,
                path.size(),
                operation.status == OperationStatus.QUEUED ? inLineBehind(operation) : 0,
                operation.requestedAt,
                operation.startedAt,
                operation.endedAt,
                operation.deadline,
                operation.requestedBy,
                operation.correlationId,
                operation.problem(),
                operation.detail,
                operation.status == OperationStatus.FAILED && !superseded(operation),
                steps == null ? List.of() : steps(operation, path, steps));
    }

    private static String doing(Operation operation) {
        return operation.status == OperationStatus.RUNNING ? Workflows.title(operation.kind, operation.step) : null;
    }

    private static List<StepView> steps(Operation operation, List<String> path, List<OperationStep> taken) {
        List<StepView> views = new ArrayList<>();
        for (OperationStep step : taken) {
            views.add(new StepView(
                    Workflows.title(operation.kind, step.step),
                    step.state,
                    step.startedAt,
                    step.endedAt,
                    Math.max(1, step.tries),
                    step.doing));
        }
        if (!operation.status.ended() && operation.problemCode == null) {
            int here = path.indexOf(operation.step);
            boolean begun = !taken.isEmpty() && taken.get(taken.size() - 1).endedAt == null;
            for (String step : path.subList(begun ? here + 1 : here, path.size())) {
                views.add(new StepView(
                        Workflows.title(operation.kind, step), StepView.State.PENDING, null, null, 0, null));
            }
        }
        return views;
    }

    private int inLineBehind(Operation operation) {
        return entities.createQuery(
                        "select count(o) from Operation o where o.subjectId = :subject and o.number < :number and o.endedAt is null",
                        Long.class)
                .setParameter("subject", operation.subjectId)
                .setParameter("number", operation.number)
                .getSingleResult()
                .intValue();
    }

    private Operation find(UUID id) {
        Operation operation = id == null ? null : entities.find(Operation.class, id);
        if (operation == null) {
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
            conditions.add("o.teamId in :teams");
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
