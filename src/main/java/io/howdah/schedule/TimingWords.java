package io.howdah.schedule;

import io.howdah.schedule.Timetable.Cron;
import io.howdah.schedule.Timetable.Daily;
import io.howdah.schedule.Timetable.Monthly;
import io.howdah.schedule.Timetable.Once;
import io.howdah.schedule.Timetable.Weekly;
import io.howdah.shared.Messages;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Says when something runs, in plain words. */
final class TimingWords {

    private static final Set<DayOfWeek> WORKING_DAYS = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);
    private static final int DAYS_OF_EVERY_MONTH = 28;

    private TimingWords() {}

    static String of(Timing timing) {
        String words = of(timing.timetable()) + " " + zone(timing.zone());
        if (timing.from() != null) {
            words += Messages.text("schedule.words.from", date(timing.from()));
        }
        if (timing.until() != null) {
            words += Messages.text("schedule.words.until", date(timing.until()));
        }
        return words;
    }

    private static String of(Timetable timetable) {
        return switch (timetable) {
            case Once once ->
                text("once", date(once.at().toLocalDate()), time(once.at().toLocalTime()));
            case Daily daily -> text("daily", time(daily.at()));
            case Weekly weekly -> text("weekly", days(weekly.days()), time(weekly.at()));
            case Monthly monthly
            when monthly.day() > DAYS_OF_EVERY_MONTH ->
                text("monthlyOrLast", ordinal(monthly.day()), time(monthly.at()));
            case Monthly monthly -> text("monthly", ordinal(monthly.day()), time(monthly.at()));
            case Cron cron -> CronWords.of(cron.expression());
        };
    }

    /** For standing jobs. */
    static String every(Duration interval) {
        long seconds = interval.toSeconds();
        if (seconds % 3600 == 0) {
            return count("hours", seconds / 3600);
        }
        return seconds % 60 == 0 ? count("minutes", seconds / 60) : count("seconds", seconds);
    }

    private static String count(String unit, long count) {
        return count == 1 ? text("every." + unit + ".one") : text("every." + unit + ".many", count);
    }

    static String days(Set<DayOfWeek> days) {
        if (days.size() == DayOfWeek.values().length) {
            return text("everyDay");
        }
        if (days.equals(WORKING_DAYS)) {
            return text("everyWeekday");
        }
        return text(
                "everyOf", list(days.stream().sorted().map(TimingWords::name).toList()));
    }

    static String name(DayOfWeek day) {
        return day.getDisplayName(TextStyle.FULL, Messages.language().locale());
    }

    static String time(LocalTime time) {
        return time.format(DateTimeFormatter.ofPattern(time.getSecond() == 0 ? "HH:mm" : "HH:mm:ss"));
    }

    private static String date(LocalDate date) {
        return date.format(Messages.language().dates("d MMMM yyyy"));
    }

    private static String zone(ZoneId zone) {
        return zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
    }

    /** a; a and b; a, b and c. */
    static String list(List<String> words) {
        int last = words.size() - 1;
        return last == 0
                ? words.get(0)
                : text("and", words.subList(0, last).stream().collect(Collectors.joining(", ")), words.get(last));
    }

    static String ordinal(int number) {
        return Messages.language().ordinal(number);
    }

    static String text(String key, Object... arguments) {
        return Messages.text("schedule.words." + key, arguments);
    }
}
