package io.howdah.access;

import java.time.Instant;
import java.util.UUID;

/**
 * A request for a role.
 *
 * @param place the path of where it is wanted; null for the whole installation
 * @param decidedBy who gave or refused it, or null
 * @param answer what they said to it, or null
 */
public record RequestView(
        UUID id,
        String person,
        String role,
        Scope scope,
        String place,
        String reason,
        Instant askedAt,
        RequestState state,
        String decidedBy,
        String answer) {}
