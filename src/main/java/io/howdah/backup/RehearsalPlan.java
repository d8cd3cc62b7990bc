package io.howdah.backup;

import io.howdah.maintenance.MaintenanceWindow;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;

/**
 * When restores of a server are rehearsed by themselves: once a week, when its maintenance window begins, or on a day that
 * was chosen, some hours after that day's backup. A rehearsal that was missed while the portal was down is due until it has
 * begun, once however often it was missed.
 *
 * @param day of the week, in {@code zone}
 * @param time of the day, in {@code zone}
 */
public record RehearsalPlan(RehearsalDay choice, DayOfWeek day, LocalTime time, ZoneId zone) {

    /** The night's backups are over by then. */
    private static final Duration AFTER_BACKUP = Duration.ofHours(3);

    private static final Duration WEEK = Duration.ofDays(7);

    static RehearsalPlan of(RehearsalDay choice, Policy policy, MaintenanceWindow window) {
        DayOfWeek weekday = choice.weekday();
        return weekday == null
                ? new RehearsalPlan(choice, window.day(), window.start(), window.zone())
                : new RehearsalPlan(choice, weekday, policy.time().plus(AFTER_BACKUP), ZoneOffset.UTC);
    }

    public boolean on() {
        return choice != RehearsalDay.NEVER;
    }

    /** When one last was to begin. */
    Instant lastSlot(Instant now) {
        LocalDate date = now.atZone(zone).toLocalDate().with(TemporalAdjusters.previousOrSame(day));
        return slot(date).isAfter(now) ? slot(date.minusWeeks(1)) : slot(date);
    }

    private Instant slot(LocalDate date) {
        return date.atTime(time).atZone(zone).toInstant();
    }

    /** When the next one begins, or null when none does. */
    public Instant nextSlot(Instant now) {
        return on() ? slot(lastSlot(now).atZone(zone).toLocalDate().plusWeeks(1)) : null;
    }

    /**
     * @param since since when the plan is as it is: a slot before that was none
     * @param last when the newest one was begun, or null
     */
    boolean due(Instant since, Instant last, Instant now) {
        Instant slot = lastSlot(now);
        boolean missed = last == null || last.isBefore(slot);
        boolean counts = !slot.isBefore(since) || last != null && last.isBefore(now.minus(WEEK));
        return on() && missed && counts;
    }
}
