package io.howdah.approval;

import java.time.Instant;
import java.util.UUID;

/**
 * Somebody's emergency access that lasts.
 *
 * @param teamName null in the whole installation
 * @param endable whether whoever looks at it may end it
 */
public record BreakGlassView(
        UUID id, String person, String teamName, String reason, Instant beganAt, Instant endsAt, boolean endable) {}
