package io.howdah.schedule;

import io.howdah.shared.Problem;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A timetable in a zone, perhaps for some time only.
 *
 * @param from the first day, in the zone, or null
 * @param until the last day, in the zone, or null
 */
public record Timing(Timetable timetable, ZoneId zone, LocalDate from, LocalDate until) {

    /** The first run after that instant; empty when there is none. */
    public Optional<ZonedDateTime> next(Instant after) {
        return Optional.empty();
    }

    /** The runs after {@code from} and not after {@code to}, at most so many. */
    public List<ZonedDateTime> between(Instant from, Instant to, int limit) {
        List<ZonedDateTime> runs = new ArrayList<>();
        Optional<ZonedDateTime> run = next(from);
        while (run.isPresent() && !run.get().toInstant().isAfter(to) && runs.size() < limit) {
            runs.add(run.get());
            run = next(run.get().toInstant());
        }
        return runs;
    }

    /** In plain English, e.g. "every weekday at 19:00 Europe/Berlin". */
    public String inWords() {
        return "";
    }

    /** The first rule it breaks, with the field's name: zone, at, days, day, expression, from or until. */
    public Optional<Problem> check() {
        return Optional.empty();
    }
}
