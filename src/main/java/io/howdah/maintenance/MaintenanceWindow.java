package io.howdah.maintenance;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.UUID;

/**
 * The time of the week in which work on a server is done that its clients might notice.
 *
 * @param start in {@code zone}; one that falls into the hour that spring takes away comes an hour later
 * @param systemChosen whether nobody has chosen it: then it is one hour at night, another one for each server
 */
public record MaintenanceWindow(DayOfWeek day, LocalTime start, Duration length, ZoneId zone, boolean systemChosen) {

    static final Duration SHORTEST = Duration.ofMinutes(30);
    static final Duration LONGEST = Duration.ofHours(24);

    /** System-chosen windows lie between these, as with the managed service: 23:00 to 07:00. */
    private static final int FIRST_HOUR = 23;

    private static final int HOURS = 8;

    /** One time at which the window is open. */
    public record Span(Instant begin, Instant end) {}

    static MaintenanceWindow systemChosen(UUID serverId, ZoneId zone) {
        int place = Math.floorMod(serverId.hashCode(), 7 * HOURS);
        return new MaintenanceWindow(
                DayOfWeek.of(place / HOURS + 1),
                LocalTime.of((FIRST_HOUR + place % HOURS) % 24, 0),
                Duration.ofHours(1),
                zone,
                true);
    }

    /** The span that is open at that time, or else the next one. */
    public Span next(Instant now) {
        LocalDate today = now.atZone(zone).toLocalDate();
        LocalDate date = today.with(TemporalAdjusters.previousOrSame(day));
        Span span = on(date);
        while (!span.end().isAfter(now)) {
            date = date.plusWeeks(1);
            span = on(date);
        }
        return span;
    }

    private Span on(LocalDate date) {
        Instant begin = date.atTime(start).atZone(zone).toInstant();
        return new Span(begin, begin.plus(length));
    }
}
