package io.howdah.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.howdah.server.Size;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** With the figures of Azure's B-series. */
class CpuCreditsTest {

    private static final Size B1MS = new Size("Standard_B1ms", "Burstable", 1, 2048, 50, 0.2);
    private static final Size B2S = new Size("Standard_B2s", "Burstable", 2, 4096, 429, 0.4);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static CpuCredits minutes(CpuCredits credits, int minutes, double vCores) {
        CpuCredits now = credits;
        for (int i = 0; i < minutes; i++) {
            now = now.after(MINUTE, vCores, B1MS);
        }
        return now;
    }

    @Test
    void aServerBeginsWith30CreditsAVCoreAndSavesWhatADayEarnsAtMost() {
        assertThat(CpuCredits.first(B1MS).balance()).isEqualTo(30);
        assertThat(CpuCredits.first(B2S).balance()).isEqualTo(60);
        assertThat(CpuCredits.most(B1MS)).isCloseTo(288, within(1e-9));
        assertThat(CpuCredits.most(B2S)).isCloseTo(576, within(1e-9));
        assertThat(minutes(CpuCredits.first(B1MS), 3000, 0).balance()).isCloseTo(288, within(1e-9));
    }

    @Test
    void anIdleHourEarns12AndABusyMinuteCosts() {
        assertThat(minutes(CpuCredits.first(B1MS), 60, 0).balance()).isCloseTo(42, within(1e-9));
        assertThat(CpuCredits.first(B1MS).after(MINUTE, 1, B1MS).balance()).isCloseTo(29.2, within(1e-9));
        assertThat(minutes(CpuCredits.first(B1MS), 600, 0.2).balance()).isCloseTo(30, within(1e-9));
    }

    @Test
    void outOfCreditsItIsHeldToItsBaseline() {
        CpuCredits before = minutes(CpuCredits.first(B1MS), 37, 1);
        assertThat(before.held()).isFalse();
        assertThat(before.vCores(B1MS)).isEqualTo(1);
        CpuCredits spent = before.after(MINUTE, 1, B1MS);
        assertThat(spent.balance()).isZero();
        assertThat(spent.held()).isTrue();
        assertThat(spent.vCores(B1MS)).isEqualTo(0.2);
        assertThat(minutes(spent, 100, 0.2).held()).isTrue();
    }

    @Test
    void itIsFreeAgainWhenAMinuteAtFullSpeedCanBePaid() {
        CpuCredits spent = new CpuCredits(0, true);
        assertThat(minutes(spent, 3, 0).held()).isTrue();
        CpuCredits back = minutes(spent, 5, 0);
        assertThat(back.held()).isFalse();
        assertThat(back.after(MINUTE, 1, B1MS).balance()).isNotNegative();
    }

    @Test
    void aSmallerSizeKeepsNoMoreThanItCanSave() {
        assertThat(new CpuCredits(500, false).after(MINUTE, 0, B1MS).balance()).isCloseTo(288, within(1e-9));
    }
}
