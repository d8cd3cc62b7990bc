package io.howdah.server;

import io.howdah.engine.BackupEngine;
import io.howdah.engine.Engine;
import io.howdah.engine.Observation;
import io.howdah.engine.Progress;
import io.howdah.engine.ServerKey;
import io.howdah.operation.Outcome;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;

/** What the workflows that restore have in common. */
final class RestoreSteps {

    /** Measured progress puts it off; replaying WAL can't always be measured. */
    static final Duration DEADLINE = Duration.ofHours(6);

    private RestoreSteps() {}

    static BackupEngine backups(Engine engine) {
        return engine.backups()
                .orElseThrow(() -> Problem.of(ProblemCode.BackupsNotAvailable).raise());
    }

    /** Removes what there is of a server that came to nothing, its empty repository too: nobody can want it back. */
    static <S extends Enum<S>> Outcome<S> neverWas(Engine engine, ServerKey key, Runnable undone) {
        return Steps.<S>follow(engine.remove(key), () -> {
            Progress forgotten =
                    engine.backups().map(backups -> backups.forget(key)).orElseGet(Progress::done);
            return Steps.<S>follow(forgotten, () -> {
                undone.run();
                return Outcome.done();
            });
        });
    }

    /**
     * Sees that everything the source has committed is in its repository. One that was stopped in good order or is gone
     * has left nothing outside; one that does not answer is waited for, since going on would lose its last changes.
     *
     * @param operation that wants it: what was archived for an earlier one is not enough
     */
    static <S extends Enum<S>> Outcome<S> archive(
            Engine engine, ServerKey source, UUID operation, boolean needed, Supplier<Outcome<S>> afterwards) {
        if (!needed) {
            return afterwards.get();
        }
        Observation.State state = engine.observe(source).state();
        return state == Observation.State.STOPPED || state == Observation.State.ABSENT
                ? afterwards.get()
                : Steps.follow(backups(engine).archive(source, operation), afterwards);
    }
}
