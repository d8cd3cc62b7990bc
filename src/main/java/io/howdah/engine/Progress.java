package io.howdah.engine;

import io.howdah.shared.Measure;
import io.howdah.shared.Problem;

/** How far a piece of the engine's work is. */
public sealed interface Progress {

    /**
     * Under way; ask again soon.
     *
     * @param doing what is being done just now, for a person to read
     * @param measure how much of it is done, or null when it can't be measured
     */
    record Running(String doing, Measure measure) implements Progress {}

    record Done() implements Progress {}

    /**
     * Ended without success.
     *
     * @param detail the technical cause (a tool's output), for the log and the operation's page; may be null, holds no secret
     * @param passing whether the same call may well succeed later
     */
    record Failed(Problem problem, String detail, boolean passing) implements Progress {}

    static Progress done() {
        return new Done();
    }

    static Progress running(String doing) {
        return new Running(doing, null);
    }
}
