package io.howdah.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FlappingTest {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private static List<Instant> restarts(int count) {
        return IntStream.range(0, count)
                .mapToObj(back -> NOW.minusSeconds(60L * back))
                .toList();
    }

    @Test
    void theFifthRestartWithinTenMinutesDegrades() {
        assertThat(Flapping.WINDOW).isEqualTo(Duration.ofMinutes(10));
        assertThat(Flapping.begins(restarts(4))).isFalse();
        assertThat(Flapping.begins(restarts(5))).isTrue();
    }

    @Test
    void aServerIsSoundAgainOnlyAfterAWindowWithoutARestart() {
        Instant since = NOW.minus(Flapping.WINDOW);
        assertThat(Flapping.ends(List.of(), since, true, NOW)).isTrue();
        assertThat(Flapping.ends(List.of(), since, false, NOW)).isFalse();
        assertThat(Flapping.ends(restarts(1), since, true, NOW)).isFalse();
        assertThat(Flapping.ends(List.of(), since.plusMillis(1), true, NOW)).isFalse();
    }

    @Test
    void aDegradedServerIsTriedAgainFiveMinutesAfterTheLastTry() {
        assertThat(Flapping.nextTry(restarts(3), NOW.minusSeconds(900))).isEqualTo(NOW.plus(Duration.ofMinutes(5)));
        assertThat(Flapping.nextTry(List.of(), NOW.minusSeconds(60))).isEqualTo(NOW.plusSeconds(240));
    }
}
