package io.howdah.access;

import java.time.Instant;
import java.util.UUID;

/**
 * A token, as people see it afterwards.
 *
 * @param holder the person or service account in whose name it acts
 * @param kind whose it is
 * @param role what it may do at most, and where; null when that place is gone
 * @param lastUsedAt to the minute; null when it was never used
 */
public record TokenView(
        UUID id,
        String name,
        String holder,
        PersonKind kind,
        AssignmentView role,
        Instant createdAt,
        String createdBy,
        Instant endsAt,
        Instant lastUsedAt,
        String lastUsedAddress) {}
