package io.howdah.schedule;

import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A schedule as its people see it.
 *
 * @param createdBy who made it
 * @param nextRuns the next three; none while it is paused
 * @param lastRun the newest run, or null
 * @param runsAs whoever made or last changed it: it runs with this person's permissions
 */
public record ScheduleView(
        UUID id,
        String name,
        UUID serverId,
        String serverName,
        UUID teamId,
        String action,
        String actionTitle,
        Map<String, String> arguments,
        Timing timing,
        Misfire misfire,
        WhenStopped whenStopped,
        Set<UUID> tellOnFailure,
        boolean paused,
        String createdBy,
        Instant createdAt,
        List<ZonedDateTime> nextRuns,
        RunView lastRun,
        String runsAs) {

    /** Its timetable, in the language of whoever asks. */
    public String words() {
        return timing.inWords();
    }
}
