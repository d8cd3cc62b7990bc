package io.howdah.access;

import java.time.Instant;
import java.util.UUID;

/**
 * A client secret, as people see it afterwards.
 *
 * @param hint its last characters
 * @param lastUsedAt to the minute; null when it was never used
 */
public record SecretView(
        UUID id,
        String hint,
        Instant createdAt,
        String createdBy,
        Instant endsAt,
        Instant lastUsedAt,
        String lastUsedAddress) {}
