package io.howdah.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ClockCheckTest {

    @Test
    void aClockMayBeAFewSecondsOffInEitherDirection() {
        assertThat(ClockCheck.tolerable(Duration.ofSeconds(4))).isTrue();
        assertThat(ClockCheck.tolerable(Duration.ofSeconds(-4))).isTrue();
        assertThat(ClockCheck.tolerable(Duration.ofSeconds(30))).isFalse();
        assertThat(ClockCheck.tolerable(Duration.ofSeconds(-30))).isFalse();
    }
}
