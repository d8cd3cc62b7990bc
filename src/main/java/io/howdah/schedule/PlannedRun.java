package io.howdah.schedule;

import java.time.ZonedDateTime;
import java.util.UUID;

/**
 * A run to come.
 *
 * @param scheduleId null for a standing job
 * @param jobName the standing job's name, or null
 * @param serverName null for a standing job
 */
public record PlannedRun(UUID scheduleId, String jobName, String title, String serverName, ZonedDateTime at) {}
