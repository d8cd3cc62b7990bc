package io.howdah.schedule.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.schedule.Timetable;
import io.howdah.schedule.Timing;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClockChangeTest {

    private static final Instant BEFORE_AUTUMN = Instant.parse("2026-10-21T12:00:00Z");
    private static final Instant BEFORE_SPRING = Instant.parse("2026-03-25T12:00:00Z");
    private static final Timetable AT_HALF_PAST_TWO = new Timetable.Daily(LocalTime.of(2, 30));

    @Test
    void aTimeThatOccursTwiceRunsOnce() {
        assertThat(note(AT_HALF_PAST_TWO, BEFORE_AUTUMN))
                .contains("On 25 October 2026 the clocks go back and 02:30 occurs twice; it runs once, at the first.");
    }

    @Test
    void aTimeThatDoesNotExistRunsLater() {
        assertThat(note(AT_HALF_PAST_TWO, BEFORE_SPRING))
                .contains("On 29 March 2026 the clocks go forward and 02:30 does not exist; it runs at 03:30.");
    }

    @Test
    void aTimeThatIsNotTouchedKeepsToTheClock() {
        assertThat(note(new Timetable.Daily(LocalTime.of(8, 0)), BEFORE_AUTUMN))
                .contains(
                        "On 25 October 2026 the clocks go back from 03:00 to 02:00; it keeps to the time of the clock.");
    }

    @Test
    void aDayOnWhichItDoesNotRunIsNotTouched() {
        assertThat(note(new Timetable.Weekly(Set.of(DayOfWeek.MONDAY), LocalTime.of(2, 30)), BEFORE_AUTUMN)
                        .orElseThrow())
                .contains("keeps to the time of the clock");
    }

    @Test
    void anExpressionThatRepeatsWithinTheHourRunsInBoth() {
        assertThat(note(new Timetable.Cron("0 0/15 * * * ?"), BEFORE_AUTUMN))
                .contains("On 25 October 2026 the clocks go back and the time from 02:00 to 03:00 occurs twice;"
                        + " it runs in both.");
    }

    @Test
    void nothingIsSaidOfChangesThatAreFarAway() {
        assertThat(note(AT_HALF_PAST_TWO, Instant.parse("2026-06-01T00:00:00Z")))
                .isEmpty();
    }

    private static Optional<String> note(Timetable timetable, Instant from) {
        return ClockChange.note(
                new Timing(timetable, ZoneId.of("Europe/Berlin"), null, null), from, from.plus(Duration.ofDays(7)));
    }
}
