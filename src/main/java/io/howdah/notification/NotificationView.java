package io.howdah.notification;

import io.howdah.access.EventKind;
import java.time.Instant;
import java.util.UUID;

/**
 * Something its reader should know.
 *
 * @param link the portal's page about it, or null
 */
public record NotificationView(
        UUID id, EventKind kind, Instant at, String serverName, String title, String text, String link, boolean read) {}
