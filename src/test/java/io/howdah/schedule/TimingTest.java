package io.howdah.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.howdah.schedule.Timetable.Cron;
import io.howdah.schedule.Timetable.Daily;
import io.howdah.schedule.Timetable.Monthly;
import io.howdah.schedule.Timetable.Once;
import io.howdah.schedule.Timetable.Weekly;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import io.howdah.shared.ProblemException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TimingTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private static Timing at(ZoneId zone, Timetable timetable) {
        return new Timing(timetable, zone, null, null);
    }

    private static List<String> runs(Timing timing, String from, String to) {
        return timing.between(Instant.parse(from), Instant.parse(to), 100).stream()
                .map(ZonedDateTime::toLocalDateTime)
                .map(LocalDateTime::toString)
                .toList();
    }

    @Test
    void aTimeTheClocksLeaveOutRunsAnHourLater() {
        Timing timing = at(BERLIN, new Daily(LocalTime.of(2, 30)));
        assertThat(runs(timing, "2027-03-27T00:00:00Z", "2027-03-29T12:00:00Z"))
                .containsExactly("2027-03-27T02:30", "2027-03-28T03:30", "2027-03-29T02:30");
    }

    @Test
    void aTimeTheClocksShowTwiceRunsOnceTheFirstTime() {
        Timing timing = at(BERLIN, new Daily(LocalTime.of(2, 30)));
        assertThat(timing.between(Instant.parse("2027-10-31T00:00:00Z"), Instant.parse("2027-10-31T12:00:00Z"), 10))
                .extracting(ZonedDateTime::toInstant)
                .containsExactly(Instant.parse("2027-10-31T00:30:00Z"));
    }

    @Test
    void anHourlyCronRunsInEveryHourThatPasses() {
        Timing timing = at(BERLIN, new Cron("0 0 * * * ?"));
        Instant spring = Instant.parse("2027-03-27T23:00:00Z");
        assertThat(timing.between(spring, spring.plus(Duration.ofHours(23)), 100))
                .hasSize(23);
        Instant autumn = Instant.parse("2027-10-30T22:00:00Z");
        assertThat(timing.between(autumn, autumn.plus(Duration.ofHours(25)), 100))
                .hasSize(25);
    }

    @Test
    void aDayThatAZoneSkippedIsMadeUpForOnTheNext() {
        Timing timing = at(ZoneId.of("Pacific/Apia"), new Weekly(Set.of(DayOfWeek.FRIDAY), LocalTime.of(9, 0)));
        // There was no Friday, 30 December 2011, in Samoa.
        assertThat(runs(timing, "2011-12-24T00:00:00Z", "2012-01-07T00:00:00Z"))
                .containsExactly("2011-12-31T09:00", "2012-01-06T09:00");
    }

    @Test
    void the31stIsTheLastDayOfShorterMonths() {
        Timing timing = at(UTC, new Monthly(31, LocalTime.of(2, 0)));
        assertThat(runs(timing, "2028-01-01T00:00:00Z", "2028-05-01T00:00:00Z"))
                .containsExactly("2028-01-31T02:00", "2028-02-29T02:00", "2028-03-31T02:00", "2028-04-30T02:00");
    }

    @Test
    void cronsFebruary29thComesInLeapYearsOnly() {
        Timing timing = at(UTC, new Cron("0 0 2 29 2 ?"));
        assertThat(runs(timing, "2026-01-01T00:00:00Z", "2033-01-01T00:00:00Z"))
                .containsExactly("2028-02-29T02:00", "2032-02-29T02:00");
    }

    @Test
    void onceIsOnce() {
        Timing timing = at(BERLIN, new Once(LocalDateTime.of(2028, 2, 29, 8, 0)));
        assertThat(timing.next(NOW)).hasValue(ZonedDateTime.of(2028, 2, 29, 8, 0, 0, 0, BERLIN));
        assertThat(timing.next(Instant.parse("2028-02-29T07:00:00Z"))).isEmpty();
    }

    @Test
    void theFirstAndTheLastDayBothCount() {
        Timing timing = new Timing(
                new Daily(LocalTime.of(23, 0)), BERLIN, LocalDate.of(2026, 12, 1), LocalDate.of(2026, 12, 2));
        assertThat(runs(timing, "2026-11-01T00:00:00Z", "2027-01-01T00:00:00Z"))
                .containsExactly("2026-12-01T23:00", "2026-12-02T23:00");
    }

    @Test
    void timetablesAreSaidInPlainWords() {
        LocalTime evening = LocalTime.of(19, 0);
        assertThat(at(BERLIN, new Once(LocalDateTime.of(2026, 12, 24, 18, 0))).inWords())
                .isEqualTo("once on 24 December 2026 at 18:00 Europe/Berlin");
        assertThat(at(BERLIN, new Daily(evening)).inWords()).isEqualTo("every day at 19:00 Europe/Berlin");
        assertThat(at(BERLIN, new Weekly(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), evening))
                        .inWords())
                .isEqualTo("every weekday at 19:00 Europe/Berlin");
        assertThat(at(UTC, new Weekly(Set.of(DayOfWeek.SUNDAY, DayOfWeek.MONDAY, DayOfWeek.THURSDAY), evening))
                        .inWords())
                .isEqualTo("every Monday, Thursday and Sunday at 19:00 UTC");
        assertThat(at(UTC, new Monthly(1, LocalTime.of(2, 0))).inWords())
                .isEqualTo("on the 1st of each month at 02:00 UTC");
        assertThat(at(UTC, new Monthly(31, LocalTime.of(2, 0))).inWords())
                .isEqualTo("on the 31st of each month (on the last day of shorter months) at 02:00 UTC");
        assertThat(new Timing(new Daily(evening), UTC, LocalDate.of(2026, 12, 1), LocalDate.of(2027, 1, 31)).inWords())
                .isEqualTo("every day at 19:00 UTC, from 1 December 2026, until 31 January 2027");
    }

    @Test
    void whatCanNotBeIsRefusedAtItsField() {
        assertRefused(at(BERLIN, new Once(LocalDateTime.of(2026, 11, 24, 12, 0))), ProblemCode.ScheduleInThePast, "at");
        assertRefused(at(UTC, new Daily(null)), ProblemCode.Required, "at");
        assertRefused(at(UTC, new Weekly(Set.of(), LocalTime.NOON)), ProblemCode.Required, "days");
        assertRefused(at(UTC, new Monthly(32, LocalTime.NOON)), ProblemCode.ScheduleDayInvalid, "day");
        assertRefused(at(null, new Daily(LocalTime.NOON)), ProblemCode.Required, "zone");
        assertRefused(at(UTC, null), ProblemCode.Required, "timetable");
        assertRefused(at(UTC, new Cron("every day")), ProblemCode.ScheduleCronInvalid, "expression");
        assertRefused(at(UTC, new Cron(null)), ProblemCode.ScheduleCronInvalid, "expression");
        assertRefused(at(UTC, new Cron("* * * * * ?")), ProblemCode.ScheduleTooFrequent, "expression");
        assertRefused(at(UTC, new Cron("0/30 * * * * ?")), ProblemCode.ScheduleTooFrequent, "expression");
        assertRefused(at(UTC, new Cron("0,30 0 2 * * ?")), ProblemCode.ScheduleTooFrequent, "expression");
        assertRefused(at(UTC, new Cron("0 0 2 30 2 ?")), ProblemCode.ScheduleNeverRuns, "expression");
        assertRefused(at(UTC, new Cron("0 0 2 1 1 ? 2020")), ProblemCode.ScheduleNeverRuns, "expression");
        LocalDate tuesday = LocalDate.of(2026, 12, 1);
        Timetable mondays = new Weekly(Set.of(DayOfWeek.MONDAY), LocalTime.NOON);
        assertRefused(new Timing(mondays, UTC, tuesday, tuesday), ProblemCode.ScheduleNeverRuns, "until");
        assertRefused(
                new Timing(mondays, UTC, tuesday, tuesday.minusDays(1)), ProblemCode.ScheduleEndsBeforeStart, "until");
        assertThat(new Timing(mondays, UTC, tuesday, tuesday.plusDays(6)).check(NOW))
                .isEmpty();
        assertThat(at(UTC, new Cron("0 * * * * ?")).check(NOW)).isEmpty();
        assertThatThrownBy(() -> Timing.zone("Europe/Atlantis"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(ProblemCode.ScheduleZoneUnknown));
        assertThat(Timing.zone(" Europe/Berlin ")).isEqualTo(BERLIN);
    }

    private static void assertRefused(Timing timing, ProblemCode code, String field) {
        assertThat(timing.check(NOW)).as(timing.toString()).hasValueSatisfying(problem -> {
            assertThat(problem.code()).isEqualTo(code);
            assertThat(problem).extracting(Problem::field).isEqualTo(field);
        });
    }
}
