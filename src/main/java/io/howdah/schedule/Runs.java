package io.howdah.schedule;

import io.howdah.schedule.Timetable.Cron;
import io.howdah.schedule.Timetable.Daily;
import io.howdah.schedule.Timetable.Monthly;
import io.howdah.schedule.Timetable.Once;
import io.howdah.schedule.Timetable.Weekly;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.util.function.UnaryOperator;

/** The instants at which a timing runs, one after another. */
@FunctionalInterface
interface Runs {

    /** The first run after that instant, or null. */
    ZonedDateTime after(Instant instant);

    static Runs of(Timing timing) {
        return switch (timing.timetable()) {
            case Once once -> {
                LocalDate day = once.at().toLocalDate();
                yield onDays(timing, once.at().toLocalTime(), date -> date.isAfter(day) ? null : day);
            }
            case Daily daily -> onDays(timing, daily.at(), date -> date);
            case Weekly weekly -> onDays(timing, weekly.at(), date -> nextOf(weekly, date));
            case Monthly monthly -> onDays(timing, monthly.at(), date -> nextOf(monthly, date));
            case Cron cron -> new CronRuns(cron.expression(), timing);
        };
    }

    /** @param day the first day that counts, on or after the one given, or null */
    private static Runs onDays(Timing timing, LocalTime at, UnaryOperator<LocalDate> day) {
        return after -> {
            // Time zones have skipped whole days: what was due on one of those runs a day later.
            LocalDate first = after.atZone(timing.zone()).toLocalDate().minusDays(2);
            LocalDate start = timing.from() != null && timing.from().isAfter(first) ? timing.from() : first;
            LocalDate date = day.apply(start);
            while (date != null && (timing.until() == null || !date.isAfter(timing.until()))) {
                ZonedDateTime run = ZonedDateTime.of(date, at, timing.zone());
                if (run.toInstant().isAfter(after)) {
                    return run;
                }
                date = day.apply(date.plusDays(1));
            }
            return null;
        };
    }

    private static LocalDate nextOf(Weekly weekly, LocalDate date) {
        return date.datesUntil(date.plusDays(7))
                .filter(day -> weekly.days().contains(day.getDayOfWeek()))
                .findFirst()
                .orElse(null);
    }

    private static LocalDate nextOf(Monthly monthly, LocalDate date) {
        LocalDate day = in(YearMonth.from(date), monthly.day());
        return day.isBefore(date) ? in(YearMonth.from(date).plusMonths(1), monthly.day()) : day;
    }

    private static LocalDate in(YearMonth month, int day) {
        return month.atDay(Math.min(day, month.lengthOfMonth()));
    }
}
