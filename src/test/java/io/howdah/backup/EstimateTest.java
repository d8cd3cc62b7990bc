package io.howdah.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class EstimateTest {

    private static final long GIB = 1L << 30;

    private static Estimate.Past past(long gib, int seconds) {
        return new Estimate.Past(gib * GIB, Duration.ofSeconds(seconds));
    }

    @Test
    void withoutAnyRestoreNothingIsPromised() {
        assertThat(Estimate.of(GIB, List.of(), List.of())).isNull();
    }

    @Test
    void theServersOwnRestoresCountMoreThanOthers() {
        Estimate estimate = Estimate.of(2 * GIB, List.of(past(1, 12)), List.of(past(1, 102)));
        assertThat(estimate).isEqualTo(new Estimate(Duration.ofSeconds(22), 1, true));
        assertThat(Estimate.of(GIB, List.of(), List.of(past(1, 102))))
                .isEqualTo(new Estimate(Duration.ofSeconds(102), 1, false));
    }

    @Test
    void oneSlowRestoreDoesNotSpoilTheEstimate() {
        Estimate estimate = Estimate.of(GIB, List.of(past(1, 12), past(1, 500), past(1, 13)), List.of());
        assertThat(estimate.duration()).isEqualTo(Duration.ofSeconds(13));
    }
}
