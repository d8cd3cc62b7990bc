package io.howdah.schedule.ui;

import io.howdah.shared.Messages;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A week from Monday to Sunday, written as ISO 8601 does: {@code 2026-W48}. */
record CalendarWeek(LocalDate monday) {

    CalendarWeek {
        monday = monday.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }

    /** The week of {@code text}, empty when it names none. */
    static Optional<CalendarWeek> parse(String text) {
        try {
            return Optional.of(new CalendarWeek(LocalDate.parse(text + "-1", DateTimeFormatter.ISO_WEEK_DATE)));
        } catch (DateTimeParseException notOne) {
            return Optional.empty();
        }
    }

    CalendarWeek next() {
        return new CalendarWeek(monday.plusWeeks(1));
    }

    CalendarWeek previous() {
        return new CalendarWeek(monday.minusWeeks(1));
    }

    List<LocalDate> days() {
        return Stream.iterate(monday, day -> day.plusDays(1)).limit(7).toList();
    }

    ZonedDateTime begin(ZoneId zone) {
        return monday.atStartOfDay(zone);
    }

    ZonedDateTime end(ZoneId zone) {
        return monday.plusWeeks(1).atStartOfDay(zone);
    }

    int number() {
        return monday.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
    }

    /** Its days, e.g. "23–29 November 2026" or "30 November – 6 December 2026". */
    String inWords() {
        LocalDate sunday = monday.plusDays(6);
        if (monday.getMonth() == sunday.getMonth()) {
            return monday.getDayOfMonth() + "–" + written("d MMMM uuuu", sunday);
        }
        boolean sameYear = monday.getYear() == sunday.getYear();
        return written(sameYear ? "d MMMM" : "d MMMM uuuu", monday) + " – " + written("d MMMM uuuu", sunday);
    }

    private static String written(String pattern, LocalDate date) {
        return Messages.language().dates(pattern).format(date);
    }

    @Override
    public String toString() {
        return "%d-W%02d".formatted(monday.get(IsoFields.WEEK_BASED_YEAR), number());
    }
}
