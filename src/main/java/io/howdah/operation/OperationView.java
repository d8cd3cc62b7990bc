package io.howdah.operation;

import io.howdah.shared.Measure;
import io.howdah.shared.Problem;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A long-running action, as people watch it.
 *
 * @param kind e.g. {@code server-create}
 * @param title e.g. "Create server"
 * @param subjectId the server
 * @param undoing whether it is on its way back to how things were
 * @param line where it stands in the line, or null when it does not wait behind another
 * @param measure how far the step is, in figures, or null
 * @param deadline when it is given up, unless measured progress puts that off; null until it has begun
 * @param expectedEnd when it will have ended if it takes as long as the last ones did; null when none tells
 * @param problem why it failed, else null
 * @param detail the technical cause, else null; no secrets
 * @param retryable whether it failed and may be retried
 * @param steps the planned and taken steps, in order; empty in lists
 */
public record OperationView(
        UUID id,
        String kind,
        String title,
        UUID subjectId,
        String subjectName,
        UUID teamId,
        OperationStatus status,
        boolean undoing,
        String doing,
        int stepsDone,
        int stepsPlanned,
        LinePlace line,
        Measure measure,
        Instant requestedAt,
        Instant startedAt,
        Instant endedAt,
        Instant deadline,
        Instant expectedEnd,
        String requestedBy,
        String correlationId,
        Problem problem,
        String detail,
        boolean retryable,
        Cancelling cancelling,
        Place place,
        List<StepView> steps) {

    /**
     * Whether it can be taken back.
     *
     * @param possible whether somebody with the permission may cancel it now
     * @param lastChance the title of the step from which on it goes only forward, or null when there is none
     * @param tooLate whether it is past that point
     * @param askedAt when somebody asked to cancel it, or null
     * @param askedBy who did, or null
     */
    public record Cancelling(boolean possible, String lastChance, boolean tooLate, Instant askedAt, String askedBy) {}

    /**
     * Where it runs.
     *
     * @param node the name of the node that works on it or did last, or that must; null when any may and none has
     * @param leaseUntil until when that node holds it, or null when nobody does just now
     * @param unseenSince when the node that must run it was last seen, if that is too long ago; else null
     */
    public record Place(String node, Instant leaseUntil, Instant unseenSince) {}

    /** How much of it is done, between 0 and 1: its steps, and the present step's own measure. */
    public double progress() {
        if (stepsPlanned == 0) {
            return 0;
        }
        double within = measure == null ? 0 : Math.max(0, measure.fraction());
        return Math.min(1, (stepsDone + within) / stepsPlanned);
    }
}
