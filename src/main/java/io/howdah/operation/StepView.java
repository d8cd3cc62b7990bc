package io.howdah.operation;

import java.time.Instant;

/**
 * One step of an operation, as people watch it.
 *
 * @param title what it does, in plain words
 * @param doing what it is doing just now, or why it waits; null when there is nothing to say
 * @param tries how often it was begun
 */
public record StepView(String title, State state, Instant startedAt, Instant endedAt, int tries, String doing) {

    public enum State {
        PENDING,
        RUNNING,
        /** Failed in a way that may pass; will be tried again. */
        RETRYING,
        DONE,
        FAILED
    }
}
