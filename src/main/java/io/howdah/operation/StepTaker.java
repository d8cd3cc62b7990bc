package io.howdah.operation;

import io.howdah.operation.OperationTable.Claimed;
import io.howdah.shared.DatabaseException;
import io.howdah.shared.Json;
import io.howdah.shared.Measure;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import io.howdah.shared.ProblemException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Takes one step of an operation in hand: no transaction is open while the workflow acts, and how it ended is written in
 * one statement. What was done and could not be written, because the database is away, is written when it is back.
 */
final class StepTaker {

    private static final Logger LOG = Logger.getLogger(StepTaker.class.getName());

    /** How often a step is begun that fails in a way that may pass. */
    static final int MAX_TRIES = 5;

    /** A pause that is not worth giving the operation out of hand for. */
    private static final Duration SHORT = Duration.ofSeconds(2);

    private static final Duration AFTER_FAILED_WITHDRAWAL = Duration.ofSeconds(5);

    /**
     * What comes after a step.
     *
     * @param pause after which there is something to do again, for whoever has it in hand then; null when nobody knows
     */
    record Further(Next next, Duration pause) {

        static final Further AT_ONCE = new Further(Next.STEP, null);
        static final Further OUT_OF_HAND = new Further(Next.GONE, null);

        enum Next {
            STEP,
            REST,
            GONE
        }

        static Further rest(Duration pause) {
            return new Further(Next.REST, pause);
        }

        /** It is no longer in hand, and due after the pause: itself, or what waited behind it. */
        static Further due(Duration pause) {
            return new Further(Next.GONE, pause);
        }

        boolean atOnce() {
            return next == Next.STEP;
        }
    }

    private final OperationTable table;
    private final OperationEnds ends;
    private final String owner;
    private final Workflows workflows;
    private final Outage outage;
    private final Consumer<Claimed> changed;
    private final BooleanSupplier stopped;

    StepTaker(
            OperationTable table,
            OperationEnds ends,
            String owner,
            Workflows workflows,
            Outage outage,
            Consumer<Claimed> changed,
            BooleanSupplier stopped) {
        this.table = table;
        this.ends = ends;
        this.owner = owner;
        this.workflows = workflows;
        this.outage = outage;
        this.changed = changed;
        this.stopped = stopped;
    }

    Further take(Hand hand) {
        if (hand.wasDisturbed()) {
            Claimed before = hand.claimed();
            long asked = System.nanoTime();
            Optional<Claimed> now = surely(() -> table.look(before.id(), owner));
            if (now.isEmpty()) {
                return Further.OUT_OF_HAND;
            }
            hand.kept(now.get(), asked);
        }
        Claimed now = hand.claimed();
        Further further = take(hand, now, workflows.of(now.kind()));
        changed.accept(now);
        return further;
    }

    private <S extends Enum<S>, D extends Record> Further take(Hand hand, Claimed now, Workflow<S, D> workflow) {
        S step = Enum.valueOf(workflow.steps(), now.step());
        D data = Json.read(now.data(), workflow.data());
        if (now.cancelled()) {
            return now.begun() ? cancel(hand, now, workflow.undo(step, data)) : withdraw(hand, now, workflow, data);
        }
        Outcome<S> outcome = hand.overdue() ? overdue(now, workflow) : run(hand, now, workflow, step, data);
        return switch (outcome) {
            case null -> Further.OUT_OF_HAND;
            case Outcome.Next<S> next -> next(hand, now, next.step().name());
            case Outcome.Wait<S> wait -> rest(hand, now, wait.pause(), wait.doing(), wait.measure());
            case Outcome.Done<S> done -> finish(now, StepView.State.DONE, null, null);
            case Outcome.Failed<S> failed
            when failed.passing() && now.tries() < MAX_TRIES -> {
                Duration pause = backOff(now.tries());
                surely(() -> table.again(now, owner, pause, failed.problem().message(), null, true, false));
                yield Further.due(pause);
            }
            case Outcome.Failed<S> failed ->
                fail(hand, now, now.undoing() ? Optional.empty() : workflow.undo(step, data), failed);
        };
    }

    /** @return null when the lease was lost meanwhile: then it does not matter any more how the step ended */
    private <S extends Enum<S>, D extends Record> Outcome<S> run(
            Hand hand, Claimed now, Workflow<S, D> workflow, S step, D data) {
        if (!hand.act(Runner.MARGIN)) {
            return null;
        }
        Outcome<S> outcome;
        try {
            outcome = workflow.run(
                    step, new Workflow.Context<>(now.id(), now.subjectId(), data, now.tries(), now.stepSince()));
        } catch (ProblemException e) {
            outcome = new Outcome.Failed<>(
                    e.problem(), e.getCause() == null ? null : e.getCause().toString(), true);
        } catch (RuntimeException e) {
            outcome = broken(now, e);
        }
        return hand.rested() ? outcome : null;
    }

    /** A step that came to nothing because the metadata database is away is taken again, and has not failed. */
    private <S extends Enum<S>> Outcome<S> broken(Claimed now, RuntimeException e) {
        if (DatabaseException.away(e)) {
            outage.noticed(e);
            return new Outcome.Wait<>(SHORT, null);
        }
        LOG.log(
                Level.SEVERE,
                "step " + now.step() + " of operation " + now.id() + " broke; correlation id " + now.correlationId(),
                e);
        return new Outcome.Failed<>(Problem.of(ProblemCode.Internal), e.toString(), true);
    }

    private static <S extends Enum<S>> Outcome<S> overdue(Claimed now, Workflow<S, ?> workflow) {
        String allowed = workflow.deadline().toMinutes() + " min";
        return new Outcome.Failed<>(
                Problem.of(ProblemCode.OperationDeadlineExceeded, allowed), "step " + now.step(), false);
    }

    private Further next(Hand hand, Claimed now, String step) {
        long asked = System.nanoTime();
        Optional<Claimed> next = surely(() -> table.next(now, owner, step));
        if (next.isPresent()) {
            hand.moved(next.get(), asked);
            return Further.AT_ONCE;
        }
        // Lost, or cancelled, or it had been written although the database went away before it could say so.
        hand.disturb();
        return Further.AT_ONCE;
    }

    private Further rest(Hand hand, Claimed now, Duration pause, String doing, Measure measure) {
        boolean keep = pause.compareTo(SHORT) <= 0;
        if (keep && !hand.news(doing, measure)) {
            return Further.rest(pause);
        }
        long asked = System.nanoTime();
        Optional<Claimed> kept = surely(() -> table.again(now, owner, pause, doing, measure, false, keep));
        if (kept.isEmpty()) {
            return Further.OUT_OF_HAND;
        }
        boolean cancelled = kept.get().cancelled();
        if (!keep) {
            return Further.due(cancelled ? Duration.ZERO : pause);
        }
        hand.kept(kept.get(), asked);
        return cancelled ? Further.AT_ONCE : Further.rest(pause);
    }

    private <S extends Enum<S>> Further fail(Hand hand, Claimed now, Optional<S> undo, Outcome.Failed<S> failed) {
        return undo.isEmpty()
                ? finish(now, StepView.State.FAILED, failed.problem(), failed.detail())
                : undo(hand, now, undo.get(), failed.problem(), failed.detail());
    }

    private <S extends Enum<S>> Further cancel(Hand hand, Claimed now, Optional<S> undo) {
        return undo.isEmpty()
                ? finish(now, StepView.State.CANCELLED, null, null)
                : undo(hand, now, undo.get(), null, null);
    }

    private <S extends Enum<S>> Further undo(Hand hand, Claimed now, S step, Problem problem, String detail) {
        long asked = System.nanoTime();
        Optional<Claimed> undoing = surely(() -> table.undo(now, owner, step.name(), problem, detail));
        if (undoing.isEmpty()) {
            hand.disturb();
        } else {
            hand.moved(undoing.get(), asked);
        }
        return Further.AT_ONCE;
    }

    /** It never began: all there is to undo is what its service wrote down in advance. */
    private <S extends Enum<S>, D extends Record> Further withdraw(
            Hand hand, Claimed now, Workflow<S, D> workflow, D data) {
        if (!hand.act(Runner.MARGIN)) {
            return Further.OUT_OF_HAND;
        }
        boolean withdrawn = false;
        try {
            workflow.withdraw(new Workflow.Context<>(now.id(), now.subjectId(), data, 1, now.stepSince()));
            withdrawn = true;
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "the wish of operation " + now.id() + " could not be taken back yet", e);
        }
        if (!hand.rested()) {
            return Further.OUT_OF_HAND;
        }
        return withdrawn ? finish(now, StepView.State.CANCELLED, null, null) : Further.rest(AFTER_FAILED_WITHDRAWAL);
    }

    private Further finish(Claimed now, StepView.State last, Problem problem, String detail) {
        int freed = surely(() -> ends.end(now, owner, last, problem, detail));
        return freed > 0 ? Further.due(Duration.ZERO) : Further.OUT_OF_HAND;
    }

    /** Writes what must not get lost. While the database is away it waits, and tries again when it is back. */
    private <T> T surely(Supplier<T> write) {
        while (true) {
            try {
                return write.get();
            } catch (RuntimeException e) {
                if (!DatabaseException.away(e) || stopped.getAsBoolean()) {
                    throw e;
                }
                outage.noticed(e);
                // The one that renews the leases asks for all of us.
                while (outage.away() && !stopped.getAsBoolean()) {
                    outage.await();
                }
            }
        }
    }

    /** 0.5 s, 1 s, 2 s, …, each up to half as much longer, so that many do not come back at the same moment. */
    private static Duration backOff(int tries) {
        long millis = 500L << Math.min(tries - 1, 6);
        return Duration.ofMillis(millis + ThreadLocalRandom.current().nextLong(millis / 2));
    }
}
