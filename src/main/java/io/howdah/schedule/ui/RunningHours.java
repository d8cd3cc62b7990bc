package io.howdah.schedule.ui;

import static io.howdah.shell.Texts.t;

import io.howdah.schedule.Timing;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * When a server runs in the coming seven days if nobody but its schedules starts and stops it: what each start and stop
 * leaves it as, until the next one.
 */
final class RunningHours {

    /** The actions that say whether a server runs. */
    static final String START = "server-start";

    static final String STOP = "server-stop";

    private static final int DAYS = 7;
    private static final int MOST_SWITCHES = 2_000;

    /** A start or a stop that is planned. */
    record Switch(Instant at, boolean on) {}

    /** From and to as parts of the day's length, from 0 to 1. */
    record Band(double from, double to, Instant begin, Instant end) {}

    record Day(LocalDate date, Duration length, List<Band> running) {}

    private RunningHours() {}

    static boolean decides(String action) {
        return action.equals(START) || action.equals(STOP);
    }

    /**
     * The switches that a start or stop makes around the seven days from {@code now}, also those before, which say how the
     * first day begins.
     */
    static List<Switch> switches(String action, Timing timing, Instant now) {
        if (!decides(action)) {
            return List.of();
        }
        return timing
                .between(now.minus(Duration.ofDays(DAYS + 1)), now.plus(Duration.ofDays(DAYS + 2)), MOST_SWITCHES)
                .stream()
                .map(at -> new Switch(at.toInstant(), action.equals(START)))
                .toList();
    }

    /** How the last switch before an instant would have left the server; empty when there is none. */
    static Optional<Boolean> before(Instant now, List<Switch> switches) {
        return switches.stream()
                .filter(each -> !each.at().isAfter(now))
                .max(Comparator.comparing(Switch::at))
                .map(Switch::on);
    }

    /**
     * @param first the first of the seven days
     * @param runsNow what the server is left as before its first switch
     */
    static List<Day> week(LocalDate first, ZoneId zone, List<Switch> switches, boolean runsNow) {
        List<Switch> inOrder =
                switches.stream().sorted(Comparator.comparing(Switch::at)).toList();
        List<Day> days = new ArrayList<>();
        for (LocalDate date = first; date.isBefore(first.plusDays(DAYS)); date = date.plusDays(1)) {
            Instant begin = date.atStartOfDay(zone).toInstant();
            Instant end = date.plusDays(1).atStartOfDay(zone).toInstant();
            days.add(new Day(date, Duration.between(begin, end), bands(begin, end, inOrder, runsNow)));
        }
        return days;
    }

    private static List<Band> bands(Instant begin, Instant end, List<Switch> inOrder, boolean runsNow) {
        boolean on = runsNow;
        for (Switch each : inOrder) {
            if (!each.at().isAfter(begin)) {
                on = each.on();
            }
        }
        List<Band> bands = new ArrayList<>();
        Instant since = begin;
        for (Switch each : inOrder) {
            if (each.at().isAfter(begin) && each.at().isBefore(end) && each.on() != on) {
                if (on) {
                    bands.add(band(begin, end, since, each.at()));
                }
                on = each.on();
                since = each.at();
            }
        }
        if (on) {
            bands.add(band(begin, end, since, end));
        }
        return bands;
    }

    private static Band band(Instant begin, Instant end, Instant from, Instant to) {
        double length = Duration.between(begin, end).toSeconds();
        return new Band(
                Duration.between(begin, from).toSeconds() / length,
                Duration.between(begin, to).toSeconds() / length,
                from,
                to);
    }

    /** The hours of a day in words, e.g. "08:00–19:00", "all day", "stopped". */
    static String inWords(Day day, ZoneId zone) {
        if (day.running().isEmpty()) {
            return t("schedule.ui.hours.stopped");
        }
        if (day.running().size() == 1
                && day.running().getFirst().from() == 0
                && day.running().getFirst().to() == 1) {
            return t("schedule.ui.hours.allDay");
        }
        return day.running().stream()
                .map(band -> t(
                        "schedule.ui.hours.fromTo",
                        WhenWords.time(band.begin().atZone(zone)),
                        band.to() == 1 ? "24:00" : WhenWords.time(band.end().atZone(zone))))
                .collect(Collectors.joining(", "));
    }
}
