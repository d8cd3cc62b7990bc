package io.howdah.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.howdah.monitoring.UsageSample;
import io.howdah.server.Size;
import io.howdah.server.SizeChangeView;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AutoscaleSimulationTest {

    private static final Instant MONDAY = Instant.parse("2026-11-23T00:00:00Z");
    private static final UUID SERVER = UUID.randomUUID();
    private static final Size S1 = new Size("S1", "Test", 1, 1024, 50);
    private static final Size S2 = new Size("S2", "Test", 2, 2048, 50);
    private static final Size S4 = new Size("S4", "Test", 4, 4096, 50);
    private static final List<Size> ALL = List.of(S1, S2, S4);
    private static final ComputePrices PRICES = new ComputePrices(new BigDecimal("0.10"), BigDecimal.ZERO, "EUR");

    /** A day: quiet, two hours from 9 on that want 2.5 vCores, and quiet again. */
    private static List<UsageSample> busyMorning() {
        List<UsageSample> day = new ArrayList<>();
        for (int minute = 1; minute <= 24 * 60; minute++) {
            boolean busy = minute > 9 * 60 && minute <= 11 * 60;
            day.add(new UsageSample(SERVER, MONDAY.plusSeconds(60L * minute), busy ? 2.5 : 0.1, 300, 3));
        }
        return day;
    }

    private static SimulationView simulate(BigDecimal ceiling) {
        AutoscalePolicy policy = new AutoscalePolicy("S1", "S4", 70, 80, 30, ceiling);
        return new AutoscaleSimulation(policy, ALL, PRICES)
                .run(busyMorning(), SizeHistory.of(S4, List.of(), ALL), MONDAY, MONDAY.plus(Duration.ofDays(1)));
    }

    @Test
    void aBusyMorningIsFollowedUpAndDown() {
        SimulationView day = simulate(null);
        assertThat(day.changes().stream().map(change -> change.after().code()))
                .containsExactly("S2", "S1", "S4", "S2", "S1");
        SimulationView.Change up = day.changes().get(2);
        assertThat(up.at()).isEqualTo(MONDAY.plus(Duration.ofMinutes(9 * 60 + 2)));
        assertThat(up.why()).contains("vCores");
        assertThat(day.minutesShort()).isEqualTo(2);
        assertThat(day.minutes()).isEqualTo(1440);
        assertThat(day.vCoreHoursHad()).isCloseTo(96, within(1e-6));
        assertThat(day.vCoreHoursWouldHave()).isBetween(32.0, 36.0);
        assertThat(day.costHad()).isEqualByComparingTo("9.60");
        assertThat(day.costWouldHave()).isBetween(new BigDecimal("3.20"), new BigDecimal("3.60"));
        assertThat(day.had()).containsExactly(new SizeStep(MONDAY, S4));
        assertThat(day.use()).hasSize(49);
    }

    @Test
    void aCeilingIsKeptAndLeavesMinutesShort() {
        SimulationView day = simulate(new BigDecimal("150"));
        assertThat(day.wouldHave()).extracting(SizeStep::size).containsOnlyOnce(S4);
        assertThat(day.minutesShort()).isEqualTo(120);
    }

    @Test
    void theSizesThereWereAreKnownFromTheChanges() {
        Instant noon = MONDAY.plus(Duration.ofHours(12));
        SizeHistory history = SizeHistory.of(
                S2,
                List.of(
                        new SizeChangeView(
                                UUID.randomUUID(), noon, "S4", "S2", true, Duration.ZERO, null, null, List.of(), null),
                        new SizeChangeView(
                                UUID.randomUUID(),
                                MONDAY.minusSeconds(60),
                                "S1",
                                "S4",
                                true,
                                Duration.ZERO,
                                null,
                                null,
                                List.of(),
                                null)),
                ALL);
        assertThat(history.at(MONDAY.minusSeconds(61))).isEqualTo(S1);
        assertThat(history.at(MONDAY)).isEqualTo(S4);
        assertThat(history.at(noon)).isEqualTo(S2);
        assertThat(history.steps(MONDAY, noon.plusSeconds(1)))
                .containsExactly(new SizeStep(MONDAY, S4), new SizeStep(noon, S2));
    }
}
