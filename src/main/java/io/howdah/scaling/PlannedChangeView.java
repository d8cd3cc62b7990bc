package io.howdah.scaling;

import java.time.Instant;
import java.util.UUID;

/**
 * A change of size that waits.
 *
 * @param due when it is made, or looked at next
 * @param givesUpAt until when it is tried, or null
 * @param doing what it waits for just now, in words, or null
 * @param operationId the operation that makes it, or null while it waits
 * @param failure why it came to nothing, or null
 */
public record PlannedChangeView(
        UUID id,
        String size,
        WaitsFor waitsFor,
        Instant due,
        Instant givesUpAt,
        Instant askedAt,
        String askedBy,
        String doing,
        UUID operationId,
        String failure) {

    /** Whether nothing else should change the size before it: it is only kept waiting, or is due before then. */
    boolean comesFirst(Instant then) {
        boolean kept = waitsFor == WaitsFor.ROOM || waitsFor == WaitsFor.TRANSACTION;
        return failure == null && (kept || due.isBefore(then));
    }
}
