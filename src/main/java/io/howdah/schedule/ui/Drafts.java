package io.howdah.schedule.ui;

import static io.howdah.shell.Texts.t;

import io.howdah.schedule.Misfire;
import io.howdah.schedule.ScheduleDraft;
import io.howdah.schedule.ScheduleView;
import io.howdah.schedule.Timetable;
import io.howdah.schedule.Timing;
import io.howdah.schedule.WhenStopped;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Schedules as they would be saved. */
final class Drafts {

    private Drafts() {}

    /** A schedule as it is. */
    static ScheduleDraft of(ScheduleView schedule) {
        return new ScheduleDraft(
                schedule.serverId(),
                schedule.name(),
                schedule.action(),
                schedule.arguments(),
                schedule.timing(),
                schedule.misfire(),
                schedule.whenStopped(),
                schedule.tellOnFailure());
    }

    /**
     * A start and a stop. A start whose time passed is caught up with, since people wait for the server; a stop is not,
     * since it would take the server away from them in the middle of the day. Hours that end after midnight end on the next day.
     */
    static List<ScheduleDraft> officeHours(
            UUID serverId, Set<DayOfWeek> days, LocalTime start, LocalTime stop, ZoneId zone, Set<UUID> tell) {
        Set<DayOfWeek> stopDays = stop.isAfter(start)
                ? days
                : days.stream().map(day -> day.plus(1)).collect(Collectors.toSet());
        return List.of(
                draft(
                        serverId,
                        "schedule.ui.office.start",
                        RunningHours.START,
                        days,
                        start,
                        zone,
                        Misfire.CATCH_UP,
                        tell),
                draft(
                        serverId,
                        "schedule.ui.office.stop",
                        RunningHours.STOP,
                        stopDays,
                        stop,
                        zone,
                        Misfire.SKIP,
                        tell));
    }

    private static ScheduleDraft draft(
            UUID serverId,
            String nameKey,
            String action,
            Set<DayOfWeek> days,
            LocalTime at,
            ZoneId zone,
            Misfire misfire,
            Set<UUID> tell) {
        return new ScheduleDraft(
                serverId,
                t(nameKey),
                action,
                Map.of(),
                new Timing(new Timetable.Weekly(days, at), zone, null, null),
                misfire,
                WhenStopped.SKIP,
                tell);
    }
}
