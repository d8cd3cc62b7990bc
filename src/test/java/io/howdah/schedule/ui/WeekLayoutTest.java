package io.howdah.schedule.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.schedule.ui.WeekLayout.Cell;
import io.howdah.schedule.ui.WeekLayout.Mark;
import io.howdah.schedule.ui.WeekLayout.Row;
import io.howdah.schedule.ui.WeekLayout.State;
import io.howdah.shell.Zones;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WeekLayoutTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final CalendarWeek AN_ORDINARY_WEEK = new CalendarWeek(LocalDate.of(2026, 11, 23));

    @Test
    void anOrdinaryWeekHas24RowsAndNoGaps() {
        WeekLayout layout = new WeekLayout(AN_ORDINARY_WEEK, BERLIN, List.of());
        assertThat(layout.rows()).hasSize(24);
        assertThat(layout.days()).hasSize(7).allSatisfy(day -> {
            assertThat(day.absent()).isEmpty();
            assertThat(day.unusual()).isFalse();
        });
    }

    @Test
    void aRunStandsInTheHourOfTheChosenZone() {
        Mark mark = mark("2026-11-24T23:30:00Z", "a", State.PLANNED);
        Cell inBerlin = onlyCell(new WeekLayout(AN_ORDINARY_WEEK, BERLIN, List.of(mark)), LocalDate.of(2026, 11, 25));
        Cell inUtc = onlyCell(new WeekLayout(AN_ORDINARY_WEEK, Zones.UTC, List.of(mark)), LocalDate.of(2026, 11, 24));
        assertThat(inBerlin.row()).isEqualTo(new Row(0, false));
        assertThat(inUtc.row()).isEqualTo(new Row(23, false));
    }

    @Test
    void anHourThatComesTwiceHasARowOfItsOwnOnThatDayAlone() {
        LocalDate sunday = LocalDate.of(2026, 10, 25);
        Mark first = mark("2026-10-25T00:30:00Z", "a", State.PLANNED);
        Mark second = mark("2026-10-25T01:30:00Z", "a", State.PLANNED);
        WeekLayout layout = new WeekLayout(new CalendarWeek(sunday), BERLIN, List.of(first, second));
        assertThat(layout.rows())
                .hasSize(25)
                .containsSubsequence(new Row(2, false), new Row(2, true), new Row(3, false));
        WeekLayout.Day day = day(layout, sunday);
        assertThat(day.length()).isEqualTo(Duration.ofHours(25));
        assertThat(day.absent()).isEmpty();
        assertThat(day.cells()).extracting(Cell::row).containsExactly(new Row(2, false), new Row(2, true));
        assertThat(day(layout, sunday.minusDays(1)).absent()).containsExactly(new Row(2, true));
    }

    @Test
    void anHourThatClocksSkipIsAbsent() {
        LocalDate sunday = LocalDate.of(2026, 3, 29);
        WeekLayout layout = new WeekLayout(new CalendarWeek(sunday), BERLIN, List.of());
        assertThat(layout.rows()).hasSize(24);
        assertThat(day(layout, sunday).length()).isEqualTo(Duration.ofHours(23));
        assertThat(day(layout, sunday).absent()).containsExactly(new Row(2, false));
    }

    /** Lord Howe Island moves its clocks by half an hour: no hour is absent, and half of one comes twice. */
    @Test
    void halfAnHourIsHalfAnHour() {
        LocalDate sunday = LocalDate.of(2026, 4, 5);
        WeekLayout layout = new WeekLayout(new CalendarWeek(sunday), ZoneId.of("Australia/Lord_Howe"), List.of());
        assertThat(day(layout, sunday).length()).isEqualTo(Duration.ofMinutes(24 * 60 + 30));
        assertThat(layout.rows()).contains(new Row(1, true)).hasSize(25);
    }

    @Test
    void fourJobsAtTheSameMinuteAreShownAndOfFiveThreeWithTheRestBehindACount() {
        assertThat(cellOf(4).shown()).hasSize(4);
        assertThat(cellOf(4).more()).isEmpty();
        assertThat(cellOf(6).shown()).hasSize(3);
        assertThat(cellOf(6).more()).hasSize(3);
    }

    @Test
    void manyRunsOfOneJobInAnHourAreOneChipAndAFailureAmongThemStandsOut() {
        List<Mark> marks = new ArrayList<>();
        for (int minute = 0; minute < 60; minute += 5) {
            marks.add(mark(
                    "2026-11-24T08:%02d:00Z".formatted(minute), "a", minute == 30 ? State.FAILED : State.SUCCEEDED));
        }
        Cell cell = onlyCell(new WeekLayout(AN_ORDINARY_WEEK, Zones.UTC, marks), LocalDate.of(2026, 11, 24));
        assertThat(cell.shown()).extracting(WeekLayout.Chip::count).containsExactly(11, 1);
        assertThat(cell.shown().getLast().first().state()).isEqualTo(State.FAILED);
    }

    @Test
    void nowStandsWithinItsHour() {
        WeekLayout layout = new WeekLayout(AN_ORDINARY_WEEK, Zones.UTC, List.of());
        Instant now = Instant.parse("2026-11-24T08:45:00Z");
        assertThat(layout.row(now)).isEqualTo(new Row(8, false));
        assertThat(layout.withinHour(now)).isEqualTo(0.75);
    }

    private static Cell cellOf(int jobs) {
        List<Mark> marks = new ArrayList<>();
        for (int job = 0; job < jobs; job++) {
            marks.add(mark("2026-11-24T08:00:00Z", "job" + job, State.PLANNED));
        }
        return onlyCell(new WeekLayout(AN_ORDINARY_WEEK, Zones.UTC, marks), LocalDate.of(2026, 11, 24));
    }

    private static Mark mark(String at, String job, State state) {
        return new Mark(Instant.parse(at), job, job, "orders-db", state);
    }

    private static Cell onlyCell(WeekLayout layout, LocalDate date) {
        assertThat(day(layout, date).cells()).hasSize(1);
        return day(layout, date).cells().getFirst();
    }

    private static WeekLayout.Day day(WeekLayout layout, LocalDate date) {
        return layout.days().stream()
                .filter(each -> each.date().equals(date))
                .findFirst()
                .orElseThrow();
    }
}
