package io.howdah.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.howdah.monitoring.UsageSample;
import io.howdah.server.Size;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class UseSummaryTest {

    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");
    private static final UUID SERVER = UUID.randomUUID();

    /** 95 minutes at 0.4 vCores, 5 at 1.8; memory grows by a MiB a minute, from 200. */
    private static List<UsageSample> busyAtTheEnd() {
        List<UsageSample> samples = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            samples.add(new UsageSample(SERVER, NOON.plusSeconds(60L * i), i < 95 ? 0.4 : 1.8, 200 + i, i));
        }
        return samples;
    }

    private static Size size(double vCores, int memoryMib) {
        return new Size("T", "Test", vCores, memoryMib, 50);
    }

    @Test
    void whatWasUsedIsSummedUp() {
        UseSummary use = UseSummary.of(busyAtTheEnd()).orElseThrow();
        assertThat(use.minutes()).isEqualTo(100);
        assertThat(use.vCoresAverage()).isCloseTo(0.47, within(1e-9));
        assertThat(use.vCoresP95()).isEqualTo(0.4);
        assertThat(use.vCoresMax()).isEqualTo(1.8);
        assertThat(use.memoryP95Mib()).isEqualTo(294);
        assertThat(use.memoryMaxMib()).isEqualTo(299);
        assertThat(use.connectionsMax()).isEqualTo(99);
        assertThat(UseSummary.of(List.of())).isEmpty();
    }

    @Test
    void aSizeFitsIsSlowerInPeaksOrIsTooSmall() {
        UseSummary use = UseSummary.of(busyAtTheEnd()).orElseThrow();
        assertThat(use.on(size(2, 512))).isEqualTo(UseSummary.Fit.FITS);
        assertThat(use.on(size(1, 512))).isEqualTo(UseSummary.Fit.PEAKS_SLOWER);
        assertThat(use.on(size(0.25, 512))).isEqualTo(UseSummary.Fit.TOO_SMALL);
        assertThat(use.on(size(2, 256))).isEqualTo(UseSummary.Fit.TOO_SMALL);
    }

    @Test
    void aServerAtItsLimitStillFitsTheSizeItHas() {
        UseSummary use = UseSummary.of(List.of(new UsageSample(SERVER, NOON, 0.2503, 100, 1)))
                .orElseThrow();
        assertThat(use.on(size(0.25, 256))).isEqualTo(UseSummary.Fit.FITS);
    }

    @Test
    void aPictureShowsTheMostOfEachStretch() {
        List<UsePoint> points = UsePoint.of(busyAtTheEnd(), Duration.ofMinutes(10));
        assertThat(points).hasSize(10);
        assertThat(points.getFirst()).isEqualTo(new UsePoint(NOON, 0.4, 209));
        assertThat(points.getLast()).isEqualTo(new UsePoint(NOON.plusSeconds(5400), 1.8, 299));
    }
}
