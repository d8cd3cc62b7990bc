package io.howdah.operation;

import io.howdah.access.Scope;
import java.util.Optional;
import java.util.UUID;

/** What operations have said, such as the rows of a query; kept for 30 days. For workflows and features, not for people. */
public interface OperationOutputs {

    /**
     * @param teamId whose operation it is
     * @param action the permission under which it was begun
     */
    record Kept(String text, Scope scope, String action) {}

    /** Keeps the text, in a transaction of its own; what was kept before is replaced. */
    void keep(UUID operationId, String text);

    Optional<Kept> find(UUID operationId);
}
