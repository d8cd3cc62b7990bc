package io.howdah.operation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A long action in steps. The runner takes one step at a time, writes down how it ended, and goes on, possibly in
 * another process after a crash: so every step looks before it acts, may run twice, and does in a bounded time what it
 * can. An implementation is one final class with one exhaustive switch in {@link #run}.
 *
 * @param <S> its steps
 * @param <D> what it was asked, kept as JSON in the operation's row until it has succeeded; no password in clear
 */
public interface Workflow<S extends Enum<S>, D extends Record> {

    /** Stable name, e.g. {@code server-create}; titles stand in the messages under {@code operation.<kind>…}. */
    String kind();

    Class<S> steps();

    Class<D> data();

    /** The steps of a run in which nothing fails, in order. */
    List<S> path();

    /** How long the operation may take, from its begin or its last measured progress, before it is given up. */
    default Duration deadline() {
        return Duration.ofMinutes(10);
    }

    /** The same for what was asked. */
    default Duration deadline(D data) {
        return deadline();
    }

    Outcome<S> run(S step, Context<D> context);

    /** What else may run on the subject meanwhile. */
    default Hold hold() {
        return Hold.EXCLUSIVE;
    }

    /**
     * Whether an operation that was asked this is taken back as soon as another one needs the subject for itself: what the
     * product does by itself, and will ask for again, keeps nobody waiting.
     */
    default boolean givesWay(D data) {
        return false;
    }

    /** From here only forward: once this step comes next, the operation can no longer be cancelled. */
    default boolean onlyForward(S step) {
        return false;
    }

    /**
     * Puts back what the service had written down in advance, for an operation that was cancelled before it began.
     * Others may be at work on the subject: records only, and it may run twice.
     */
    default void withdraw(Context<D> context) {}

    /**
     * Where to go to leave the subject as it was, when a step has failed for good or the operation was cancelled at it;
     * empty when nothing remains of it.
     */
    default Optional<S> undo(S failed, D data) {
        return Optional.empty();
    }

    /** Where a retry of the failed operation begins: at the failed step, unless it was undone. */
    default S retryFrom(S failed, D data) {
        return undo(failed, data).isPresent() ? path().get(0) : failed;
    }

    /**
     * What a step may know.
     *
     * @param stepTries how often this step has been begun, this time included
     * @param stepSince when it was begun first
     */
    record Context<D extends Record>(UUID operationId, UUID subjectId, D data, int stepTries, Instant stepSince) {}
}
