package io.howdah.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** When maintenance windows are open. */
class MaintenanceWindowTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static MaintenanceWindow sunday(LocalTime start, Duration length) {
        return new MaintenanceWindow(DayOfWeek.SUNDAY, start, length, BERLIN, false);
    }

    private static Instant at(String time) {
        return Instant.parse(time);
    }

    @Test
    void theOneThatIsOpenCountsUntilItCloses() {
        MaintenanceWindow window = sunday(LocalTime.of(23, 30), Duration.ofHours(2));
        Instant begin = at("2026-11-29T22:30:00Z");
        assertThat(window.next(at("2026-11-25T12:00:00Z")).begin()).isEqualTo(begin);
        assertThat(window.next(begin).begin()).isEqualTo(begin);
        assertThat(window.next(at("2026-11-30T00:29:59Z")).begin()).isEqualTo(begin);
        assertThat(window.next(at("2026-11-30T00:30:00Z")).begin()).isEqualTo(begin.plus(Duration.ofDays(7)));
        assertThat(window.next(begin).end()).isEqualTo(at("2026-11-30T00:30:00Z"));
    }

    @Test
    void itKeepsItsHourWhenTheClockChangesAndComesLaterWhereThereIsNoSuchHour() {
        MaintenanceWindow window = sunday(LocalTime.of(2, 30), Duration.ofHours(1));
        assertThat(window.next(at("2026-03-25T00:00:00Z")).begin()).isEqualTo(at("2026-03-29T01:30:00Z"));
        assertThat(window.next(at("2026-04-01T00:00:00Z")).begin()).isEqualTo(at("2026-04-05T00:30:00Z"));
    }

    @Test
    void whatHowdahChoosesLiesAtNightStaysTheSameAndIsSpreadOverTheWeek() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            UUID server = UUID.randomUUID();
            MaintenanceWindow window = MaintenanceWindow.systemChosen(server, BERLIN);
            assertThat(window).isEqualTo(MaintenanceWindow.systemChosen(server, BERLIN));
            assertThat(window.systemChosen()).isTrue();
            assertThat(window.start().getHour()).matches(hour -> hour >= 23 || hour < 7);
            seen.add(window.day() + " " + window.start());
        }
        assertThat(seen).hasSizeGreaterThan(40);
    }
}
