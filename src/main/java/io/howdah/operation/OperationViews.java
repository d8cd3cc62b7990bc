package io.howdah.operation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Makes what people see of operations out of what is stored about them. */
@ApplicationScoped
class OperationViews {

    /** A node that has not been seen for this long is missed. */
    private static final Duration MISSED = Duration.ofMinutes(1);

    @Inject
    private Workflows workflows;

    @Inject
    private Line line;

    @Inject
    private Nodes nodes;

    @Inject
    private ClusterClock clock;

    /** Without their steps. */
    List<OperationView> list(List<Operation> operations) {
        Around around = around(operations);
        return operations.stream()
                .map(operation -> view(operation, around, List.of()))
                .toList();
    }

    OperationView one(Operation operation, List<OperationStep> taken) {
        return view(operation, around(List.of(operation)), steps(operation, workflows.of(operation.kind), taken));
    }

    /** What the operations' own rows do not tell. */
    private record Around(Map<UUID, LinePlace> places, Set<UUID> superseded, Map<String, Nodes.Seen> nodes) {}

    private Around around(List<Operation> operations) {
        return new Around(
                line.places(ids(operations, OperationStatus.QUEUED)),
                line.superseded(ids(operations, OperationStatus.FAILED)),
                operations.stream().anyMatch(operation -> !operation.status.ended()) ? nodes.seen() : Map.of());
    }

    private static List<UUID> ids(List<Operation> operations, OperationStatus status) {
        return operations.stream()
                .filter(operation -> operation.status == status)
                .map(operation -> operation.id)
                .toList();
    }

    private OperationView view(Operation operation, Around around, List<StepView> steps) {
        Workflow<?, ?> workflow = workflows.of(operation.kind);
        List<String> path = path(workflow);
        boolean running = operation.status == OperationStatus.RUNNING;
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
                operation.undoing && !operation.status.ended(),
                operation.doing != null ? operation.doing : doing(operation),
                done,
                path.size(),
                around.places().get(operation.id),
                operation.measure(),
                operation.requestedAt,
                operation.startedAt,
                operation.endedAt,
                operation.deadline,
                running && !operation.undoing && operation.retries == 0 && operation.expectedMillis != null
                        ? operation.startedAt.plusMillis(operation.expectedMillis)
                        : null,
                operation.requestedBy,
                operation.correlationId,
                operation.problem(),
                operation.detail,
                operation.status == OperationStatus.FAILED
                        && !around.superseded().contains(operation.id),
                cancelling(operation, workflow),
                place(operation, around.nodes()),
                steps);
    }

    private static String doing(Operation operation) {
        return operation.status == OperationStatus.RUNNING ? Workflows.title(operation.kind, operation.step) : null;
    }

    private static List<String> path(Workflow<?, ?> workflow) {
        return workflow.path().stream().map(Enum::name).toList();
    }

    private static <S extends Enum<S>> OperationView.Cancelling cancelling(
            Operation operation, Workflow<S, ?> workflow) {
        boolean tooLate = tooLate(operation, workflow);
        boolean possible =
                !operation.status.ended() && !operation.undoing && !tooLate && operation.cancelAskedAt == null;
        return new OperationView.Cancelling(
                possible,
                lastChance(workflow)
                        .map(step -> Workflows.title(operation.kind, step))
                        .orElse(null),
                tooLate,
                operation.cancelAskedAt,
                operation.cancelAskedBy);
    }

    /** Whether it has begun what can't be taken back. */
    static <S extends Enum<S>> boolean tooLate(Operation operation, Workflow<S, ?> workflow) {
        return !operation.neverBegan() && workflow.onlyForward(Enum.valueOf(workflow.steps(), operation.step));
    }

    private static <S extends Enum<S>> Optional<String> lastChance(Workflow<S, ?> workflow) {
        return workflow.path().stream()
                .filter(workflow::onlyForward)
                .map(Enum::name)
                .findFirst();
    }

    private OperationView.Place place(Operation operation, Map<String, Nodes.Seen> known) {
        Nodes.Seen pinned = known.get(operation.pinnedTo);
        Instant unseen = pinned == null || operation.status.ended() ? null : pinned.at();
        boolean missed = unseen != null && (pinned.left() || clock.since(unseen).compareTo(MISSED) > 0);
        String name = operation.node != null ? operation.node : pinned == null ? null : pinned.name();
        return new OperationView.Place(name, operation.leaseUntil, missed ? unseen : null);
    }

    private static <S extends Enum<S>> List<StepView> steps(
            Operation operation, Workflow<S, ?> workflow, List<OperationStep> taken) {
        String lastChance = lastChance(workflow).orElse(null);
        List<StepView> views = new ArrayList<>();
        for (OperationStep step : taken) {
            boolean current = step.endedAt == null && !operation.status.ended();
            boolean retrying = current && step.state == StepView.State.RETRYING;
            views.add(new StepView(
                    Workflows.title(operation.kind, step.step),
                    step.state,
                    step.startedAt,
                    step.endedAt,
                    step.endedAt == null ? step.tries + (retrying ? 0 : 1) : Math.max(1, step.tries),
                    StepTaker.MAX_TRIES,
                    retrying ? operation.due : null,
                    step.doing,
                    current ? operation.measure() : null,
                    step.step.equals(lastChance)));
        }
        if (!operation.status.ended() && !operation.undoing && operation.cancelAskedAt == null) {
            List<String> path = path(workflow);
            int here = path.indexOf(operation.step);
            boolean begun = !taken.isEmpty() && taken.get(taken.size() - 1).endedAt == null;
            for (String step : path.subList(begun ? here + 1 : Math.max(0, here), path.size())) {
                views.add(new StepView(
                        Workflows.title(operation.kind, step),
                        StepView.State.PENDING,
                        null,
                        null,
                        0,
                        StepTaker.MAX_TRIES,
                        null,
                        null,
                        null,
                        step.equals(lastChance)));
            }
        }
        return views;
    }
}
