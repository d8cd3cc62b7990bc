package io.howdah.operation;

import java.util.UUID;

/** Fired in the transaction after which the runner has something to do with the operation. */
public record OperationDue(UUID operationId) {}
