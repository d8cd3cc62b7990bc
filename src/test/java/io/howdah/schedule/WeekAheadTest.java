package io.howdah.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.schedule.ScheduledAction.Effect;
import io.howdah.schedule.Timetable.Once;
import io.howdah.schedule.Timetable.Weekly;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

class WeekAheadTest {

    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final Duration WEEK = Duration.ofDays(7);

    private static Timing weekdays(int hour) {
        return new Timing(
                new Weekly(EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), LocalTime.of(hour, 0)), UTC, null, null);
    }

    @Test
    void officeHoursMakeFiveTimesElevenHoursWheneverOneLooks() {
        for (int hour = 0; hour < 7 * 24; hour++) {
            WeekAhead week = new WeekAhead(Instant.parse("2026-11-23T00:00:00Z").plus(Duration.ofHours(hour)));
            week.add(Effect.STARTS, weekdays(8));
            week.add(Effect.STOPS, weekdays(19));
            for (boolean runsNow : new boolean[] {true, false}) {
                assertThat(week.running(runsNow)).as("from hour " + hour).isEqualTo(Duration.ofHours(55));
            }
            assertThat(week.turns()).isTrue();
        }
    }

    @Test
    void withoutSchedulesItGoesOnAsItIs() {
        WeekAhead week = new WeekAhead(Instant.parse("2026-11-23T00:00:00Z"));
        week.add(Effect.NONE, weekdays(8));
        assertThat(week.turns()).isFalse();
        assertThat(week.running(true)).isEqualTo(WEEK);
        assertThat(week.running(false)).isEqualTo(Duration.ZERO);
    }

    @Test
    void aSingleStopCountsFromThenOn() {
        WeekAhead week = new WeekAhead(Instant.parse("2026-11-23T00:00:00Z"));
        week.add(Effect.STOPS, new Timing(new Once(LocalDateTime.of(2026, 11, 24, 0, 0)), UTC, null, null));
        assertThat(week.running(true)).isEqualTo(Duration.ofDays(1));
        assertThat(WeekAhead.saved(week.running(true))).isEqualTo(Duration.ofDays(6));
    }
}
