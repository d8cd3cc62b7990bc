package io.howdah.schedule;

import java.time.Instant;
import java.util.UUID;

/**
 * One run of a schedule or of a standing job.
 *
 * @param scheduleId null for a standing job
 * @param plannedAt when it was due
 * @param reason why it ended so, or what it did; null when there is nothing to say
 * @param operationId the operation that carried it out, or null
 */
public record RunView(
        UUID id,
        UUID scheduleId,
        Instant plannedAt,
        Instant beganAt,
        Instant endedAt,
        RunResult result,
        String reason,
        UUID operationId) {}
