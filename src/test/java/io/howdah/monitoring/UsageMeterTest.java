package io.howdah.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.howdah.engine.ServerKey;
import io.howdah.engine.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class UsageMeterTest {

    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");

    private final UsageMeter meter = new UsageMeter();
    private final ServerKey server = new ServerKey(UUID.randomUUID());

    private List<UsageSample> read(long second, double cpuSeconds) {
        Instant at = NOON.plusSeconds(second);
        Usage usage = new Usage(Duration.ofMillis(Math.round(cpuSeconds * 1000)), 120, 7);
        return meter.read(at, NOON.plusSeconds(second / 60 * 60), Map.of(server, usage));
    }

    @Test
    void theFirstReadingTellsNothingAndTheNextWhatWasSpentSince() {
        assertThat(read(0, 100)).isEmpty();
        assertThat(read(60, 130)).containsExactly(new UsageSample(server.id(), NOON.plusSeconds(60), 0.5, 120, 7));
        assertThat(read(90, 130.3)).singleElement().satisfies(sample -> assertThat(sample.vCores())
                .isCloseTo(0.01, within(1e-9)));
    }

    @Test
    void aCountThatBeganAgainIsNotTakenForUse() {
        read(0, 100);
        assertThat(read(60, 2)).isEmpty();
        assertThat(read(120, 8)).singleElement().satisfies(sample -> assertThat(sample.vCores())
                .isEqualTo(0.1));
    }

    @Test
    void whatWasSpentInALongTimeIsNotTakenForAMinutes() {
        read(0, 100);
        assertThat(read(UsageMeter.LONGEST.toSeconds() + 1, 200)).isEmpty();
    }

    @Test
    void aServerThatDidNotRunBeginsAnew() {
        read(0, 100);
        assertThat(meter.read(NOON.plusSeconds(60), NOON.plusSeconds(60), Map.of()))
                .isEmpty();
        assertThat(read(120, 160)).isEmpty();
    }
}
