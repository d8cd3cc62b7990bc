package io.howdah.schedule.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class CalendarWeekTest {

    @Test
    void aWeekIsWrittenAsIso8601Does() {
        CalendarWeek week = new CalendarWeek(LocalDate.of(2026, 11, 25));
        assertThat(week).hasToString("2026-W48");
        assertThat(week.monday()).isEqualTo("2026-11-23");
        assertThat(CalendarWeek.parse("2026-W48")).contains(week);
        assertThat(week.next()).hasToString("2026-W49");
        assertThat(week.previous()).hasToString("2026-W47");
    }

    /** 2026 has 53 weeks; the last one ends in 2027, and belongs to 2026. */
    @Test
    void theWeekOverNewYearBelongsToTheYearOfItsThursday() {
        CalendarWeek week = new CalendarWeek(LocalDate.of(2027, 1, 1));
        assertThat(week).hasToString("2026-W53");
        assertThat(CalendarWeek.parse("2026-W53")).contains(week);
        assertThat(week.next()).hasToString("2027-W01");
    }

    @Test
    void whatIsNoWeekIsNone() {
        assertThat(CalendarWeek.parse("2026-W54")).isEmpty();
        assertThat(CalendarWeek.parse("2027-W53")).isEmpty();
        assertThat(CalendarWeek.parse("soon")).isEmpty();
    }

    @Test
    void itsDaysAreSaidWithoutRepeatingWhatIsTheSame() {
        assertThat(new CalendarWeek(LocalDate.of(2026, 11, 23)).inWords()).isEqualTo("23–29 November 2026");
        assertThat(new CalendarWeek(LocalDate.of(2026, 11, 30)).inWords()).isEqualTo("30 November – 6 December 2026");
        assertThat(new CalendarWeek(LocalDate.of(2026, 12, 28)).inWords())
                .isEqualTo("28 December 2026 – 3 January 2027");
    }
}
