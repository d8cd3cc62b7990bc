package io.howdah.server;

import io.howdah.engine.Engine;
import io.howdah.engine.Progress;
import io.howdah.engine.ServerKey;
import io.howdah.operation.OperationOutputs;
import io.howdah.operation.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Supplier;

/** What workflows with long work in a server have in common: the operation's id names the engine's unit of work. */
public final class Units {

    private static final Duration SOON = Duration.ofMillis(100);
    private static final Duration LATER = Duration.ofSeconds(2);
    private static final Duration SHORT = Duration.ofSeconds(10);

    private Units() {}

    /** Goes on with {@code afterwards} once the engine is done; looks less often at what takes long. */
    public static <S extends Enum<S>> Outcome<S> follow(
            Progress progress, Instant since, Supplier<Outcome<S>> afterwards) {
        return switch (progress) {
            case Progress.Running running -> {
                boolean young = Duration.between(since, Instant.now()).compareTo(SHORT) < 0;
                yield new Outcome.Wait<>(young ? SOON : LATER, running.doing(), running.measure());
            }
            case Progress.Done done -> afterwards.get();
            case Progress.Failed failed -> new Outcome.Failed<>(failed.problem(), failed.detail(), failed.passing());
        };
    }

    /** Ends the operation with what the unit said, and lets the engine forget it. */
    public static <S extends Enum<S>> Outcome<S> keep(
            Engine engine, OperationOutputs outputs, ServerKey key, UUID operationId) {
        String said = engine.unitOutput(key, operationId);
        // The engine may have forgotten it already, before the end of this very step was lost: what was kept then
        // stays.
        if (said != null && !said.isBlank()) {
            outputs.keep(operationId, said);
        }
        return Steps.follow(engine.forgetUnit(key, operationId), Outcome::done);
    }

    /** As {@link #keep}, after the unit has been seen to be at an end. */
    public static <S extends Enum<S>> Outcome<S> end(
            Engine engine, OperationOutputs outputs, ServerKey key, UUID operationId, Instant since) {
        return Units.<S>follow(
                engine.cancelUnit(key, operationId), since, () -> keep(engine, outputs, key, operationId));
    }
}
