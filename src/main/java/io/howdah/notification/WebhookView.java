package io.howdah.notification;

import io.howdah.access.EventKind;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * A webhook, without its secret.
 *
 * @param host of the address, to call it by
 * @param last its newest delivery, or null
 */
public record WebhookView(
        UUID id,
        String address,
        String host,
        Set<EventKind> kinds,
        boolean paused,
        Instant createdAt,
        DeliveryView last) {}
