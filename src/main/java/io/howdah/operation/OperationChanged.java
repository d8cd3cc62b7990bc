package io.howdah.operation;

import java.util.UUID;

/** Fired after an operation or one of its steps has moved on and the database says so. */
public record OperationChanged(UUID operationId, UUID subjectId) {}
