package io.howdah.operation;

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
 * @param inLineBehind how many operations on the same subject come first
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
        String doing,
        int stepsDone,
        int stepsPlanned,
        int inLineBehind,
        Instant requestedAt,
        Instant startedAt,
        Instant endedAt,
        Instant deadline,
        String requestedBy,
        String correlationId,
        Problem problem,
        String detail,
        boolean retryable,
        List<StepView> steps) {}
