package io.howdah.server;

import io.howdah.engine.Engine;
import io.howdah.engine.Observation;
import io.howdah.engine.Progress;
import io.howdah.engine.ServerKey;
import io.howdah.operation.Outcome;
import io.howdah.shared.Messages;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;

/** What the workflows on servers have in common: following the engine's progress. */
final class Steps {

    private static final Duration PAUSE = Duration.ofMillis(100);

    private static final Duration LOOK_FOR_ROOM = Duration.ofSeconds(5);

    private Steps() {}

    /** Goes on with {@code afterwards} once the engine is done; waits or fails as the engine says until then. */
    static <S extends Enum<S>> Outcome<S> follow(Progress progress, Supplier<Outcome<S>> afterwards) {
        return switch (progress) {
            case Progress.Running running -> new Outcome.Wait<>(PAUSE, running.doing(), running.measure());
            case Progress.Done done -> afterwards.get();
            case Progress.Failed failed -> new Outcome.Failed<>(failed.problem(), failed.detail(), failed.passing());
        };
    }

    /** Goes on with {@code afterwards} once there is room for a server that is to be made. */
    static <S extends Enum<S>> Outcome<S> whenThereIsRoom(
            ServerRecords records, UUID id, Supplier<Outcome<S>> afterwards) {
        Turn turn = records.turn(id).orElse(null);
        if (turn == null) {
            return afterwards.get();
        }
        return turn.over()
                ? new Outcome.Failed<>(turn.problem(), null, false)
                : new Outcome.Wait<>(
                        LOOK_FOR_ROOM,
                        Messages.text("server.waiting.note", turn.problem().message()));
    }

    /** Writes down what is there now, whatever it is, and ends the operation. */
    static <S extends Enum<S>> Outcome<S> settle(Engine engine, ServerRecords records, UUID id) {
        records.observed(id, engine.observe(new ServerKey(id)));
        return Outcome.done();
    }

    /**
     * Ends the operation once the server answers; what does not answer yet is looked at again.
     *
     * @param reached writes down what has been reached with that
     */
    static <S extends Enum<S>> Outcome<S> settleRunning(
            Engine engine, ServerRecords records, UUID id, Runnable reached) {
        Observation seen = engine.observe(new ServerKey(id));
        if (seen.state() != Observation.State.RUNNING) {
            return new Outcome.Failed<>(Problem.of(ProblemCode.EngineNotResponding), seen.note(), true);
        }
        reached.run();
        records.observed(id, seen);
        return Outcome.done();
    }

    /** What stood before it in the line was to create the server, and came to nothing. */
    static <S extends Enum<S>> Outcome<S> neverCreated() {
        return new Outcome.Failed<>(Problem.of(ProblemCode.ServerNeverCreated), null, false);
    }
}
