package io.howdah.operation;

import io.howdah.shared.Measure;
import io.howdah.shared.Problem;
import java.time.Duration;

/** How one step of a workflow ended. */
public sealed interface Outcome<S extends Enum<S>> {

    /** This step is done; go on with that one, at once. */
    record Next<S extends Enum<S>>(S step) implements Outcome<S> {}

    /**
     * Not there yet; take the same step again.
     *
     * @param doing what it waits for, for people to read
     * @param measure how much of it is done, or null; growing, it puts the operation's deadline off
     */
    record Wait<S extends Enum<S>>(Duration pause, String doing, Measure measure) implements Outcome<S> {

        public Wait(Duration pause, String doing) {
            this(pause, doing, null);
        }
    }

    /** The operation has reached its end. */
    record Done<S extends Enum<S>>() implements Outcome<S> {}

    /**
     * It did not work.
     *
     * @param detail the technical cause, may be null; no secrets
     * @param passing whether trying the same step again may help; if so it is tried again, with growing pauses
     */
    record Failed<S extends Enum<S>>(Problem problem, String detail, boolean passing) implements Outcome<S> {}

    static <S extends Enum<S>> Outcome<S> next(S step) {
        return new Next<>(step);
    }

    static <S extends Enum<S>> Outcome<S> done() {
        return new Done<>();
    }
}
