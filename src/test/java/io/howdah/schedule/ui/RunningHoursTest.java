package io.howdah.schedule.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.schedule.Timetable;
import io.howdah.schedule.Timing;
import io.howdah.schedule.ui.RunningHours.Band;
import io.howdah.schedule.ui.RunningHours.Day;
import io.howdah.schedule.ui.RunningHours.Switch;
import io.howdah.shell.Zones;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunningHoursTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Test
    void officeHoursAreBandsOnWorkingDays() {
        LocalDate tuesday = LocalDate.of(2026, 11, 24);
        List<Day> week = RunningHours.week(
                tuesday,
                BERLIN,
                officeHours(tuesday.atTime(12, 0).atZone(BERLIN).toInstant()),
                true);
        assertThat(week)
                .extracting(day -> RunningHours.inWords(day, BERLIN))
                .containsExactly(
                        "08:00–19:00",
                        "08:00–19:00",
                        "08:00–19:00",
                        "08:00–19:00",
                        "stopped",
                        "stopped",
                        "08:00–19:00");
        Band first = week.getFirst().running().getFirst();
        assertThat(first.from()).isEqualTo(8 / 24.0);
        assertThat(first.to()).isEqualTo(19 / 24.0);
    }

    @Test
    void officeHoursRun55OfTheHoursOfAWeek() {
        LocalDate monday = LocalDate.of(2026, 11, 23);
        Duration running =
                RunningHours.week(
                                monday,
                                BERLIN,
                                officeHours(monday.atStartOfDay(BERLIN).toInstant()),
                                false)
                        .stream()
                        .flatMap(day -> day.running().stream())
                        .map(band -> Duration.between(band.begin(), band.end()))
                        .reduce(Duration.ZERO, Duration::plus);
        assertThat(running).isEqualTo(Duration.ofHours(55));
    }

    @Test
    void beforeItsFirstSwitchAServerStaysAsItIs() {
        LocalDate day = LocalDate.of(2026, 11, 24);
        List<Switch> stop = List.of(new Switch(Instant.parse("2026-11-25T12:00:00Z"), false));
        assertThat(RunningHours.week(day, Zones.UTC, stop, true).stream()
                        .limit(3)
                        .map(each -> RunningHours.inWords(each, Zones.UTC)))
                .containsExactly("all day", "00:00–12:00", "stopped");
        assertThat(RunningHours.week(day, Zones.UTC, stop, false))
                .allSatisfy(each -> assertThat(each.running()).isEmpty());
    }

    @Test
    void thePlanOfNowIsThatOfTheLastSwitch() {
        List<Switch> twice = List.of(
                new Switch(Instant.parse("2026-11-24T08:00:00Z"), true),
                new Switch(Instant.parse("2026-11-24T19:00:00Z"), false));
        assertThat(RunningHours.before(Instant.parse("2026-11-24T07:59:59Z"), twice))
                .isEmpty();
        assertThat(RunningHours.before(Instant.parse("2026-11-24T12:00:00Z"), twice))
                .contains(true);
        assertThat(RunningHours.before(Instant.parse("2026-11-24T19:00:00Z"), twice))
                .contains(false);
    }

    /** On a day of 25 hours, eight o'clock is nine hours after midnight. */
    @Test
    void aBandIsMeasuredInTheHoursThatTheDayHas() {
        LocalDate sunday = LocalDate.of(2026, 10, 25);
        List<Switch> start =
                List.of(new Switch(sunday.atTime(8, 0).atZone(BERLIN).toInstant(), true));
        Day day = RunningHours.week(sunday, BERLIN, start, false).getFirst();
        assertThat(day.length()).isEqualTo(Duration.ofHours(25));
        assertThat(day.running().getFirst().from()).isEqualTo(9 / 25.0);
        assertThat(RunningHours.inWords(day, BERLIN)).isEqualTo("08:00–24:00");
    }

    @Test
    void whatNeitherStartsNorStopsDecidesNothing() {
        Timing daily = new Timing(new Timetable.Daily(LocalTime.NOON), BERLIN, null, null);
        assertThat(RunningHours.switches("server-restart", daily, Instant.now()))
                .isEmpty();
        assertThat(RunningHours.decides("sql-run")).isFalse();
    }

    private static List<Switch> officeHours(Instant now) {
        EnumSet<DayOfWeek> weekdays = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);
        List<Switch> switches = new ArrayList<>();
        Drafts.officeHours(null, weekdays, LocalTime.of(8, 0), LocalTime.of(19, 0), BERLIN, java.util.Set.of())
                .forEach(draft -> switches.addAll(RunningHours.switches(draft.action(), draft.timing(), now)));
        return switches;
    }
}
