package io.howdah.operation;

import io.howdah.shared.Problem;
import java.util.UUID;

/** Fired within the transaction that writes an operation's end. */
public record OperationEnded(
        UUID operationId,
        String kind,
        String action,
        UUID subjectId,
        String subjectName,
        UUID teamId,
        OperationStatus status,
        String requestedBy,
        String correlationId,
        Problem problem) {}
