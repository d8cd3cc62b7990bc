package io.howdah.schedule;

import static io.howdah.schedule.TimingWords.list;
import static io.howdah.schedule.TimingWords.ordinal;
import static io.howdah.schedule.TimingWords.text;

import io.howdah.shared.Messages;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Says in plain words when a cron expression runs. Which seconds, minutes, hours, days, months and years an expression
 * means is taken from Quartz's own reading of it, so that the words can't mean something else.
 */
final class CronWords {

    /** So many times of day are named one by one. */
    private static final int FEW = 6;

    private static final int SIXTY = 60;

    /** Quartz writes the last day of the month as this number, the day before it as one less, and so on. */
    private static final int LAST = 62;

    private static final int LAST_DAY_OF_ANY_MONTH = 31;

    private final Map<String, String> summary = new HashMap<>();

    private CronWords(String expression) {
        for (String line : CronRuns.parse(expression).getExpressionSummary().split("\n")) {
            int colon = line.indexOf(": ");
            if (colon > 0) {
                summary.put(line.substring(0, colon), line.substring(colon + 2).strip());
            }
        }
    }

    static String of(String expression) {
        return new CronWords(expression).sentence();
    }

    private String sentence() {
        List<String> times = timesOfDay();
        String days = days();
        String when = times.isEmpty()
                ? repeated() + (days.isEmpty() ? "" : ", " + days)
                : text("at", days.isEmpty() ? text("everyDay") : days, list(times));
        return when + months() + years();
    }

    /** The times of day one by one; empty when they are too many to be named. */
    private List<String> timesOfDay() {
        List<String> times = new ArrayList<>();
        if (all("hours") || all("minutes") || all("seconds")) {
            return times;
        }
        TreeSet<Integer> hours = set("hours");
        TreeSet<Integer> minutes = set("minutes");
        TreeSet<Integer> seconds = set("seconds");
        if (hours.size() * minutes.size() * seconds.size() > FEW) {
            return times;
        }
        for (int hour : hours) {
            for (int minute : minutes) {
                for (int second : seconds) {
                    times.add(TimingWords.time(LocalTime.of(hour, minute, second)));
                }
            }
        }
        return times;
    }

    private String repeated() {
        List<String> parts = new ArrayList<>();
        boolean onTheMinute = !all("seconds") && set("seconds").equals(new TreeSet<>(List.of(0)));
        if (!onTheMinute) {
            parts.add(within("second", "seconds"));
        }
        boolean onTheHour =
                onTheMinute && all("hours") && !all("minutes") && set("minutes").size() == 1;
        if (onTheHour) {
            int minute = set("minutes").first();
            return minute == 0 ? text("everyHour") : text("everyHourAt", minute);
        }
        if (onTheMinute || !all("minutes")) {
            parts.add(within("minute", "minutes"));
        } else if (!evenly("seconds")) {
            parts.add(text("ofEveryMinute"));
        }
        if (!all("hours")) {
            TreeSet<Integer> hours = set("hours");
            int step = step(hours);
            if (hours.size() > 2 && step == 1) {
                parts.add(text("hours.range", clock(hours.first(), 0), clock(hours.last(), 59)));
            } else if (hours.size() > FEW && step > 1) {
                parts.add(text("hours.step", ordinal(step), clock(hours.first(), 0), clock(hours.last(), 59)));
            } else {
                parts.add(text(
                        "hours.list",
                        list(hours.stream()
                                .map(hour -> text("hours.one", clock(hour, 0), clock(hour, 59)))
                                .toList())));
            }
        }
        return String.join(" ", parts);
    }

    private static String clock(int hour, int minute) {
        return TimingWords.time(LocalTime.of(hour, minute));
    }

    /** Which seconds of a minute, or minutes of an hour. */
    private String within(String unit, String field) {
        if (all(field) || set(field).size() == SIXTY) {
            return text(unit + ".every");
        }
        TreeSet<Integer> values = set(field);
        int step = step(values);
        if (evenly(field)) {
            return values.first() == 0 ? text(unit + ".step", step) : text(unit + ".stepFrom", step, values.first());
        }
        if (values.size() > 2 && step == 1) {
            return text(unit + ".range", values.first(), values.last());
        }
        return values.size() == 1
                ? text(unit + ".one", values.first())
                : text(unit + ".many", list(values.stream().map(String::valueOf).toList()));
    }

    /** Whether the last of a minute, or of an hour, lies as far from the first of the next as all from each other. */
    private boolean evenly(String field) {
        return all(field)
                || set(field).size() > 1 && step(set(field)) * set(field).size() == SIXTY;
    }

    /** The days, or "" when it is every day. */
    private String days() {
        if (summary.get("daysOfMonth").equals("?")) {
            return daysOfWeek();
        }
        if (all("daysOfMonth")) {
            return "";
        }
        TreeSet<Integer> days = set("daysOfMonth");
        TreeSet<Integer> nearest = set("nearestWeekdays");
        TreeSet<Integer> numbered = new TreeSet<>(days.headSet(LAST_DAY_OF_ANY_MONTH, true));
        if (numbered.size() == LAST_DAY_OF_ANY_MONTH) {
            return "";
        }
        List<String> parts = new ArrayList<>();
        if (!numbered.isEmpty()) {
            parts.add(numbered(numbered));
        }
        days.tailSet(LAST_DAY_OF_ANY_MONTH, false).descendingSet().forEach(day -> parts.add(last("days.", day)));
        nearest.forEach(day -> parts.add(
                day > LAST_DAY_OF_ANY_MONTH ? last("days.weekday.", day) : text("days.nearest", ordinal(day))));
        return list(parts);
    }

    private static String last(String key, int day) {
        return switch (LAST - day) {
            case 0 -> text(key + "last");
            case 1 -> text(key + "lastButOne");
            default -> text(key + "beforeLast", LAST - day);
        };
    }

    private String numbered(TreeSet<Integer> days) {
        String named = days.size() > FEW && step(days) == 1
                ? text("days.range", ordinal(days.first()), ordinal(days.last()))
                : text("days.list", list(days.stream().map(TimingWords::ordinal).toList()));
        return named + shorterMonths(days);
    }

    /** A cron expression leaves out the months that have no such day. */
    private String shorterMonths(TreeSet<Integer> days) {
        List<Month> months = monthsNamed();
        int shortest = months.stream().mapToInt(Month::minLength).min().orElse(0);
        TreeSet<Integer> missing = new TreeSet<>(days.tailSet(shortest, false));
        if (missing.isEmpty()) {
            return "";
        }
        if (months.equals(List.of(Month.FEBRUARY)) && missing.contains(29)) {
            return days.size() == 1 ? text("days.leapYears") : text("days.leapYearsFor29th");
        }
        return days.size() == missing.size() ? text("days.ifThere") : text("days.someIfThere");
    }

    private String daysOfWeek() {
        int which = Integer.parseInt(summary.get("NthDayOfWeek"));
        if (all("daysOfWeek")) {
            return "";
        }
        DayOfWeek first = day(set("daysOfWeek").first());
        if (summary.get("lastDayOfWeek").equals("true")) {
            return text("days.nth", text("nth.last"), TimingWords.name(first));
        }
        if (which > 0) {
            return text(which == 5 ? "days.fifth" : "days.nth", text("nth." + which), TimingWords.name(first));
        }
        Set<DayOfWeek> days = set("daysOfWeek").stream().map(CronWords::day).collect(Collectors.toSet());
        return days.size() == 7 ? "" : TimingWords.days(days);
    }

    /** Quartz counts from Sunday, which is 1. */
    private static DayOfWeek day(int quartz) {
        return DayOfWeek.SUNDAY.plus(quartz - 1L);
    }

    private String months() {
        List<Month> months = monthsNamed();
        if (months.size() == 12) {
            return "";
        }
        boolean range = months.size() > 2 && step(set("months")) == 1;
        return range
                ? text("months.range", name(months.get(0)), name(months.get(months.size() - 1)))
                : text("months.list", list(months.stream().map(CronWords::name).toList()));
    }

    private static String name(Month month) {
        return month.getDisplayName(TextStyle.FULL, Messages.language().locale());
    }

    private List<Month> monthsNamed() {
        return all("months")
                ? List.of(Month.values())
                : set("months").stream().map(Month::of).toList();
    }

    private String years() {
        if (all("years")) {
            return "";
        }
        TreeSet<Integer> years = set("years");
        return years.size() > 2 && step(years) == 1
                ? text("years.range", years.first(), years.last())
                : text("years.list", list(years.stream().map(String::valueOf).toList()));
    }

    private boolean all(String field) {
        return summary.getOrDefault(field, "*").equals("*");
    }

    private TreeSet<Integer> set(String field) {
        return Stream.of(summary.get(field).split(","))
                .filter(value -> !value.isBlank())
                .map(value -> Integer.valueOf(value.strip()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The distance from each to the next, or 0 when it varies. */
    private static int step(TreeSet<Integer> values) {
        int step = 0;
        Integer before = null;
        for (int value : values) {
            if (before != null) {
                if (step != 0 && step != value - before) {
                    return 0;
                }
                step = value - before;
            }
            before = value;
        }
        return step;
    }
}
