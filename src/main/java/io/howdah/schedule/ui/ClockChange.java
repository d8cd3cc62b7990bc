package io.howdah.schedule.ui;

import static io.howdah.shell.Texts.t;

import io.howdah.schedule.Timetable;
import io.howdah.schedule.Timing;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a change of the clocks means to a schedule, said before it surprises somebody. */
final class ClockChange {

    private static final int MANY = 2_000;

    private ClockChange() {}

    /** A sentence about the first change between the two instants; empty when there is none. */
    static Optional<String> note(Timing timing, Instant from, Instant to) {
        ZoneId zone = timing.zone();
        ZoneOffsetTransition change = zone.getRules().nextTransition(from);
        if (change == null || change.getInstant().isAfter(to)) {
            return Optional.empty();
        }
        LocalDate date = change.getDateTimeBefore().toLocalDate();
        Optional<LocalDateTime> hit = localTime(timing.timetable())
                .map(date::atTime)
                .filter(at -> affected(change, at) && runsOn(timing, date));
        if (hit.isPresent()) {
            String time = WhenWords.time(hit.get());
            return Optional.of(
                    change.isGap()
                            ? t(
                                    "schedule.ui.clock.gap",
                                    WhenWords.date(date),
                                    time,
                                    WhenWords.time(hit.get().atZone(zone)))
                            : t("schedule.ui.clock.overlap", WhenWords.date(date), time));
        }
        if (timing.timetable() instanceof Timetable.Cron && runsInBothHours(timing, change)) {
            return Optional.of(t(
                    "schedule.ui.clock.both",
                    WhenWords.date(date),
                    WhenWords.time(change.getDateTimeAfter()),
                    WhenWords.time(change.getDateTimeBefore())));
        }
        return Optional.of(t(
                change.isGap() ? "schedule.ui.clock.forward" : "schedule.ui.clock.back",
                WhenWords.date(date),
                WhenWords.time(change.getDateTimeBefore()),
                WhenWords.time(change.getDateTimeAfter())));
    }

    private static Optional<LocalTime> localTime(Timetable timetable) {
        return switch (timetable) {
            case Timetable.Once once -> Optional.of(once.at().toLocalTime());
            case Timetable.Daily daily -> Optional.of(daily.at());
            case Timetable.Weekly weekly -> Optional.of(weekly.at());
            case Timetable.Monthly monthly -> Optional.of(monthly.at());
            case Timetable.Cron cron -> Optional.empty();
        };
    }

    private static boolean affected(ZoneOffsetTransition change, LocalDateTime at) {
        LocalDateTime first = change.isGap() ? change.getDateTimeBefore() : change.getDateTimeAfter();
        LocalDateTime end = change.isGap() ? change.getDateTimeAfter() : change.getDateTimeBefore();
        return !at.isBefore(first) && at.isBefore(end);
    }

    private static boolean runsOn(Timing timing, LocalDate date) {
        Instant begin = date.atStartOfDay(timing.zone()).toInstant().minusNanos(1);
        Instant end = date.plusDays(1).atStartOfDay(timing.zone()).toInstant();
        return timing.between(begin, end, MANY).stream()
                .anyMatch(at -> at.toLocalDate().equals(date));
    }

    /** Whether the same local times occur before and after clocks go back. */
    private static boolean runsInBothHours(Timing timing, ZoneOffsetTransition change) {
        if (change.isGap()) {
            return false;
        }
        Instant begin = change.getInstant().minus(change.getDuration().abs());
        Instant end = change.getInstant().plus(change.getDuration().abs());
        Set<LocalTime> before = new HashSet<>();
        List<ZonedDateTime> runs = timing.between(begin.minusNanos(1), end, MANY);
        runs.stream()
                .filter(at -> at.toInstant().isBefore(change.getInstant()))
                .forEach(at -> before.add(at.toLocalTime()));
        return runs.stream()
                .filter(at -> !at.toInstant().isBefore(change.getInstant()))
                .anyMatch(at -> before.contains(at.toLocalTime()));
    }
}
