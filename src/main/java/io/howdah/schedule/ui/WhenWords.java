package io.howdah.schedule.ui;

import static io.howdah.shell.Texts.t;

import io.howdah.schedule.Timetable;
import io.howdah.shared.Messages;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.time.temporal.TemporalAccessor;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Times, dates and timetables in few words. */
public final class WhenWords {

    private static final Set<DayOfWeek> WEEKDAYS = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);
    private static final Set<DayOfWeek> WEEKENDS = EnumSet.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);

    private WhenWords() {}

    /** For example "08:00". */
    public static String time(TemporalAccessor at) {
        return written("HH:mm", at);
    }

    /** For example "Wed 25 Nov". */
    static String day(TemporalAccessor at) {
        return written("EEE d MMM", at);
    }

    /** For example "Wed 25 Nov, 08:00". */
    public static String dayAndTime(ZonedDateTime at) {
        return written("EEE d MMM, HH:mm", at);
    }

    /** For example "25 November 2026". */
    static String date(TemporalAccessor at) {
        return written("d MMMM uuuu", at);
    }

    /** For example "Wednesday 25 November". */
    static String longDay(TemporalAccessor at) {
        return written("EEEE d MMMM", at);
    }

    /** For example "25 Nov 2026, 08:00:12". */
    static String exact(Instant at, ZoneId zone) {
        return written("d MMM uuuu, HH:mm:ss", at.atZone(zone));
    }

    /** For example "CET" or "UTC". */
    static String zone(ZonedDateTime at) {
        return written("zzz", at);
    }

    static String weekday(DayOfWeek day) {
        return day.getDisplayName(TextStyle.SHORT, Messages.language().locale());
    }

    /** "daily", "on weekdays", "on weekends" or the days' names. */
    static String days(Set<DayOfWeek> days) {
        if (days.size() == 7) {
            return t("schedule.ui.when.daily");
        }
        if (days.equals(WEEKDAYS)) {
            return t("schedule.ui.when.weekdays");
        }
        if (days.equals(WEEKENDS)) {
            return t("schedule.ui.when.weekends");
        }
        return t(
                "schedule.ui.when.days",
                days.stream().sorted().map(WhenWords::weekday).collect(Collectors.joining(", ")));
    }

    /** A name for a schedule, made from what it does and when, e.g. "Stop server on weekdays at 19:00". */
    static String suggestedName(String action, Timetable timetable) {
        return switch (timetable) {
            case Timetable.Once once ->
                t("schedule.ui.name.once", action, written("d MMM", once.at()), time(once.at()));
            case Timetable.Daily daily -> at(action, t("schedule.ui.when.daily"), daily.at());
            case Timetable.Weekly weekly -> at(action, days(weekly.days()), weekly.at());
            case Timetable.Monthly monthly -> at(action, t("schedule.ui.when.monthly", monthly.day()), monthly.at());
            case Timetable.Cron cron ->
                t("schedule.ui.name.cron", action, cron.expression().strip());
        };
    }

    private static String at(String action, String days, LocalTime at) {
        return t("schedule.ui.name.at", action, days, time(at));
    }

    /** Whole hours, or with one decimal where it matters, e.g. "113" or "0.5". */
    static String hours(Duration duration) {
        double hours = duration.toMinutes() / 60.0;
        return hours >= 10 || hours == Math.rint(hours)
                ? Long.toString(Math.round(hours))
                : String.format(Messages.language().locale(), "%.1f", hours);
    }

    /** The days between two dates that a person would rather read as "today" or "tomorrow". */
    static String nearDay(LocalDate day, LocalDate today) {
        if (day.equals(today)) {
            return t("schedule.ui.when.today");
        }
        return day.equals(today.plusDays(1)) ? t("schedule.ui.when.tomorrow") : day(day);
    }

    private static String written(String pattern, TemporalAccessor at) {
        return Messages.language().dates(pattern).format(at);
    }
}
