package io.howdah.notification;

import io.howdah.access.EventKind;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A message to a mail address or a webhook, and how its tries went.
 *
 * @param kind null for a message that is about no event
 * @param reason why it was given up or dropped, else null
 * @param due when it is tried next, while it waits
 * @param tries in the order they were made
 */
public record DeliveryView(
        UUID id,
        EventKind kind,
        String title,
        DeliveryState state,
        String reason,
        Instant createdAt,
        Instant due,
        Instant endedAt,
        List<Try> tries) {

    /**
     * One try.
     *
     * @param status the answer's HTTP status, or null when there was none
     * @param answer how the answer began, or null
     * @param error what went wrong, or null
     */
    public record Try(Instant at, Integer status, long millis, String answer, String error) {}
}
