package io.howdah.operation;

import io.howdah.shared.Measure;
import java.time.Instant;

/**
 * One step of an operation, as people watch it.
 *
 * @param title what it does, in plain words
 * @param tries how often it was begun
 * @param triesAllowed how often it is begun at most
 * @param nextTryAt when it is tried again, or null
 * @param doing what it is doing just now, or why it waits; null when there is nothing to say
 * @param measure how far it is, in figures, or null
 * @param lastChance whether it is the step from which on the operation goes only forward
 */
public record StepView(
        String title,
        State state,
        Instant startedAt,
        Instant endedAt,
        int tries,
        int triesAllowed,
        Instant nextTryAt,
        String doing,
        Measure measure,
        boolean lastChance) {

    public enum State {
        PENDING,
        RUNNING,
        /** Failed in a way that may pass; will be tried again. */
        RETRYING,
        DONE,
        FAILED,
        /** Given up because the operation was cancelled. */
        CANCELLED
    }
}
