package io.howdah.backup;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;

/**
 * When restores of a server are rehearsed by themselves: once a week, some hours after that day's backup. A rehearsal that
 * was missed while the portal was down is due until it has begun, once however often it was missed.
 *
 * @param day of the week, UTC
 * @param time of the day, UTC
 */
public record RehearsalPlan(boolean on, DayOfWeek day, LocalTime time) {

    /** The night's backups are over by then. */
    private static final Duration AFTER_BACKUP = Duration.ofHours(3);

    private static final Duration WEEK = Duration.ofDays(7);

    /** @param day null for the day before the full backup, when the newest one builds on the most others */
    static RehearsalPlan of(Policy policy, boolean on, DayOfWeek day) {
        return new RehearsalPlan(
                on, day == null ? policy.fullDay().minus(1) : day, policy.time().plus(AFTER_BACKUP));
    }

    /** When one last was to begin. */
    Instant lastSlot(Instant now) {
        ZonedDateTime slot = now.atZone(ZoneOffset.UTC).with(time).with(TemporalAdjusters.previousOrSame(day));
        return (slot.toInstant().isAfter(now) ? slot.minusWeeks(1) : slot).toInstant();
    }

    /** When the next one begins, or null when none does. */
    public Instant nextSlot(Instant now) {
        return on ? lastSlot(now).plus(WEEK) : null;
    }

    /**
     * @param since since when the plan is as it is: a slot before that was none
     * @param last when the newest one was begun, or null
     */
    boolean due(Instant since, Instant last, Instant now) {
        Instant slot = lastSlot(now);
        boolean missed = last == null || last.isBefore(slot);
        boolean counts = !slot.isBefore(since) || last != null && last.isBefore(now.minus(WEEK));
        return on && missed && counts;
    }
}
