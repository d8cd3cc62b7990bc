package io.howdah.schedule;

import java.time.Duration;
import java.util.List;

/**
 * What a server's schedules come to with some changes.
 *
 * @param nextWeek the runs of the next seven days, in their order
 * @param runningPerWeek how long the server will run in these seven days
 * @param savedPerWeek how much less that is than always; null unless a schedule starts or stops the server
 */
public record Preview(List<PlannedRun> nextWeek, Duration runningPerWeek, Duration savedPerWeek) {}
