package io.howdah.schedule;

import io.howdah.access.Scope;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.UUID;

/**
 * Something that is done by itself: a standing job of the product or somebody's schedule.
 *
 * @param key {@code standing:<name>} or {@code schedule:<id>}
 * @param what what it is for
 * @param timing null for a standing job
 * @param every null for a schedule
 * @param nextRuns the next three; none while it is paused
 * @param lastRun the newest run, or null
 * @param scheduleId null for a standing job, as are the server's name and the creator
 */
public record JobView(
        String key,
        boolean standing,
        String title,
        String what,
        Timing timing,
        Duration every,
        List<ZonedDateTime> nextRuns,
        boolean paused,
        RunView lastRun,
        UUID scheduleId,
        String serverName,
        Scope scope,
        String createdBy) {

    /** Its timetable, in the language of whoever asks. */
    public String words() {
        return standing ? TimingWords.every(every) : timing.inWords();
    }
}
