package io.howdah.schedule.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.schedule.Misfire;
import io.howdah.schedule.ScheduleDraft;
import io.howdah.schedule.Timetable;
import io.howdah.shell.Zones;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WhenWordsTest {

    private static final LocalTime SEVEN = LocalTime.of(19, 0);
    private static final EnumSet<DayOfWeek> WEEKDAYS = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY);

    @Test
    void aNameIsMadeFromActionAndTime() {
        assertThat(WhenWords.suggestedName("Stop server", new Timetable.Weekly(WEEKDAYS, SEVEN)))
                .isEqualTo("Stop server on weekdays at 19:00");
        assertThat(WhenWords.suggestedName("Stop server", new Timetable.Daily(SEVEN)))
                .isEqualTo("Stop server daily at 19:00");
        assertThat(WhenWords.suggestedName(
                        "Stop server", new Timetable.Weekly(Set.of(DayOfWeek.WEDNESDAY, DayOfWeek.MONDAY), SEVEN)))
                .isEqualTo("Stop server on Mon, Wed at 19:00");
        assertThat(WhenWords.suggestedName("Stop server", new Timetable.Monthly(31, SEVEN)))
                .isEqualTo("Stop server monthly on day 31 at 19:00");
        assertThat(WhenWords.suggestedName("Stop server", new Timetable.Once(LocalDateTime.of(2026, 12, 24, 19, 0))))
                .isEqualTo("Stop server on 24 Dec at 19:00");
        assertThat(WhenWords.suggestedName("Run SQL", new Timetable.Cron(" 0 0 3 ? * SUN")))
                .isEqualTo("Run SQL by 0 0 3 ? * SUN");
    }

    @Test
    void hoursAreWholeUnlessThereAreFew() {
        assertThat(WhenWords.hours(Duration.ofHours(113))).isEqualTo("113");
        assertThat(WhenWords.hours(Duration.ofMinutes(113 * 60 + 20))).isEqualTo("113");
        assertThat(WhenWords.hours(Duration.ofMinutes(30))).isEqualTo("0.5");
        assertThat(WhenWords.hours(Duration.ofHours(2))).isEqualTo("2");
    }

    @Test
    void officeHoursAreAStartThatIsCaughtUpWithAndAStopThatIsNot() {
        List<ScheduleDraft> drafts = Drafts.officeHours(null, WEEKDAYS, LocalTime.of(8, 0), SEVEN, Zones.UTC, Set.of());
        assertThat(drafts).extracting(ScheduleDraft::action).containsExactly("server-start", "server-stop");
        assertThat(drafts).extracting(ScheduleDraft::misfire).containsExactly(Misfire.CATCH_UP, Misfire.SKIP);
    }

    /** The night shift of Friday ends on Saturday. */
    @Test
    void hoursThatEndAfterMidnightEndOnTheNextDay() {
        List<ScheduleDraft> drafts =
                Drafts.officeHours(null, WEEKDAYS, LocalTime.of(22, 0), LocalTime.of(6, 0), Zones.UTC, Set.of());
        assertThat(drafts.getLast().timing().timetable())
                .isEqualTo(
                        new Timetable.Weekly(EnumSet.range(DayOfWeek.TUESDAY, DayOfWeek.SATURDAY), LocalTime.of(6, 0)));
    }
}
