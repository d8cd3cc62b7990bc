package io.howdah.schedule;

import io.howdah.schedule.Timetable.Cron;
import io.howdah.schedule.Timetable.Daily;
import io.howdah.schedule.Timetable.Monthly;
import io.howdah.schedule.Timetable.Once;
import io.howdah.schedule.Timetable.Weekly;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A timetable in a zone, perhaps for some time only. A local time that the clocks leave out runs as much later as they
 * leave out; one that they show twice runs the first time only. A cron expression that repeats hour by hour runs whenever
 * the clock shows a time that fits, so twice in an hour that comes twice.
 *
 * @param from the first day, in the zone, or null
 * @param until the last day, in the zone, or null
 */
public record Timing(Timetable timetable, ZoneId zone, LocalDate from, LocalDate until) {

    /** @throws io.howdah.shared.ProblemException ScheduleZoneUnknown, at the field {@code zone} */
    public static ZoneId zone(String name) {
        try {
            return ZoneId.of(name == null ? "" : name.strip());
        } catch (DateTimeException e) {
            throw Problem.of(ProblemCode.ScheduleZoneUnknown, name).at("zone").raise();
        }
    }

    /** The first run after that instant; empty when there is none. */
    public Optional<ZonedDateTime> next(Instant after) {
        return Optional.ofNullable(Runs.of(this).after(after));
    }

    /** The runs after {@code from} and not after {@code to}, at most so many. */
    public List<ZonedDateTime> between(Instant from, Instant to, int limit) {
        Runs times = Runs.of(this);
        List<ZonedDateTime> found = new ArrayList<>();
        ZonedDateTime run = times.after(from);
        while (run != null && !run.toInstant().isAfter(to) && found.size() < limit) {
            found.add(run);
            run = times.after(run.toInstant());
        }
        return found;
    }

    /** In the language of whoever asks, e.g. "every weekday at 19:00 Europe/Berlin". */
    public String inWords() {
        return TimingWords.of(this);
    }

    /** The first rule it breaks, with the field's name: zone, at, days, day, expression, from or until. */
    public Optional<Problem> check() {
        return check(Clock.systemUTC().instant());
    }

    Optional<Problem> check(Instant now) {
        if (timetable == null) {
            return Optional.of(Problem.of(ProblemCode.Required, "A timetable").at("timetable"));
        }
        if (zone == null) {
            return Optional.of(Problem.of(ProblemCode.Required, "A time zone").at("zone"));
        }
        if (from != null && until != null && until.isBefore(from)) {
            return Optional.of(
                    Problem.of(ProblemCode.ScheduleEndsBeforeStart, until, from).at("until"));
        }
        return checkTimetable(now).or(() -> next(now).isPresent() ? Optional.empty() : Optional.of(neverRuns()));
    }

    private Optional<Problem> checkTimetable(Instant now) {
        return switch (timetable) {
            case Once once when once.at() == null -> missing("at");
            case Once once
            when !once.at().atZone(zone).toInstant().isAfter(now) ->
                Optional.of(Problem.of(ProblemCode.ScheduleInThePast).at("at"));
            case Daily daily when daily.at() == null -> missing("at");
            case Weekly weekly
            when weekly.days().isEmpty() ->
                Optional.of(
                        Problem.of(ProblemCode.Required, "A day of the week").at("days"));
            case Weekly weekly when weekly.at() == null -> missing("at");
            case Monthly monthly
            when monthly.day() < 1 || monthly.day() > 31 ->
                Optional.of(Problem.of(ProblemCode.ScheduleDayInvalid).at("day"));
            case Monthly monthly when monthly.at() == null -> missing("at");
            case Cron cron -> CronRuns.check(cron.expression());
            default -> Optional.empty();
        };
    }

    private static Optional<Problem> missing(String field) {
        return Optional.of(Problem.of(ProblemCode.Required, "A time").at(field));
    }

    private Problem neverRuns() {
        String field = timetable instanceof Cron && until == null ? "expression" : "until";
        return Problem.of(ProblemCode.ScheduleNeverRuns).at(field);
    }
}
