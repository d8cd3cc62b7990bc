package io.howdah.engine.host;

import io.howdah.shared.ProblemCode;

/** A short wait between two looks at something that is about to change. */
final class Pause {

    private Pause() {}

    static void millis(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw EngineFault.passing("interrupted", ProblemCode.EngineNotResponding);
        }
    }
}
