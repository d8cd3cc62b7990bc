package io.howdah.server;

import io.howdah.operation.Outcome;
import io.howdah.operation.Workflow;
import io.howdah.shared.Json;
import io.howdah.shared.Problem;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Takes a workflow through its steps as the runner does, in this thread, and can forget how a step ended, as if the
 * portal had been killed after the step acted and before the outcome was written.
 */
public final class WorkflowDriver {

    private static final int MAX_TRIES = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Receives the news that the process died; what is built from it afterwards must find its way by looking. */
    interface Crash {
        void happened();
    }

    /**
     * How a run ended.
     *
     * @param steps those taken, in order, each once however often it ran
     * @param problem null when all went well
     */
    public record Run(List<String> steps, Problem problem) {}

    private WorkflowDriver() {}

    public static <S extends Enum<S>, D extends Record> Run run(Workflow<S, D> workflow, UUID subject, D data) {
        return run(() -> workflow, subject, data, null, () -> {});
    }

    /**
     * @param workflow made afresh for every step, as after a restart of the portal
     * @param forget the step whose first outcome other than "wait" is lost, or null
     */
    static <S extends Enum<S>, D extends Record> Run run(
            Supplier<Workflow<S, D>> workflow, UUID subject, D data, String forget, Crash crash) {
        String stored = Json.write(data);
        UUID operation = UUID.randomUUID();
        S step = workflow.get().path().get(0);
        List<String> taken = new ArrayList<>(List.of(step.name()));
        Problem problem = null;
        int tries = 1;
        boolean toForget = true;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            Workflow<S, D> now = workflow.get();
            D known = Json.read(stored, now.data());
            Outcome<S> outcome = now.run(
                    step,
                    new Workflow.Context<>(
                            operation, subject, known, tries, Clock.systemUTC().instant()));
            if (!(outcome instanceof Outcome.Wait) && toForget && step.name().equals(forget)) {
                toForget = false;
                crash.happened();
                continue;
            }
            switch (outcome) {
                case Outcome.Next<S> next -> {
                    step = next.step();
                    taken.add(step.name());
                    tries = 1;
                }
                case Outcome.Wait<S> wait -> Thread.onSpinWait();
                case Outcome.Done<S> done -> {
                    return new Run(taken, problem);
                }
                case Outcome.Failed<S> failed -> {
                    if (failed.passing() && tries < MAX_TRIES) {
                        tries++;
                        continue;
                    }
                    Optional<S> undo = problem == null ? now.undo(step, known) : Optional.empty();
                    problem = problem == null ? failed.problem() : problem;
                    if (undo.isEmpty()) {
                        return new Run(taken, problem);
                    }
                    step = undo.get();
                    taken.add(step.name());
                    tries = 1;
                }
            }
        }
        throw new AssertionError("still at " + step + " after " + PATIENCE);
    }

    /**
     * How a run ended that somebody wanted to cancel.
     *
     * @param asked false when it had ended before
     * @param refused whether it was past the step from which on it goes only forward
     */
    record CancelledRun(boolean asked, boolean refused, boolean cancelled) {}

    /** @param after how many answers the workflow has given, pauses included, when somebody cancels; 0: it never began */
    static <S extends Enum<S>, D extends Record> CancelledRun cancel(
            Workflow<S, D> workflow, UUID subject, D data, int after) {
        UUID operation = UUID.randomUUID();
        Workflow.Context<D> context = new Workflow.Context<>(
                operation, subject, data, 1, Clock.systemUTC().instant());
        if (after == 0) {
            workflow.withdraw(context);
            return new CancelledRun(true, false, true);
        }
        S step = workflow.path().get(0);
        boolean refused = false;
        boolean undoing = false;
        int answers = 0;
        while (answers < 1000) {
            S before = step;
            Outcome<S> outcome = workflow.run(step, context);
            answers++;
            switch (outcome) {
                case Outcome.Next<S> next -> step = next.step();
                case Outcome.Wait<S> wait -> {}
                case Outcome.Done<S> done -> {
                    return new CancelledRun(answers > after, refused, undoing);
                }
                case Outcome.Failed<S> failed -> throw new AssertionError(step + ": " + failed.problem());
            }
            if (answers == after) {
                // The runner moves on only when nobody has cancelled, so what counts is the step just taken.
                refused = workflow.onlyForward(before);
                if (!refused) {
                    Optional<S> undo = workflow.undo(before, data);
                    if (undo.isEmpty()) {
                        return new CancelledRun(true, false, true);
                    }
                    undoing = true;
                    step = undo.get();
                }
            }
        }
        throw new AssertionError("still at " + step + " after " + answers + " answers");
    }
}
