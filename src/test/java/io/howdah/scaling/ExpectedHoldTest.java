package io.howdah.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.server.SizeChangeView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ExpectedHoldTest {

    private static SizeChangeView change(boolean restarted, long millis) {
        return new SizeChangeView(
                UUID.randomUUID(),
                Instant.EPOCH,
                "H0.5",
                "H1",
                restarted,
                Duration.ofMillis(millis),
                null,
                null,
                List.of(),
                null);
    }

    @Test
    void itIsTheMedianOfTheNewestWithARestart() {
        List<SizeChangeView> changes =
                List.of(change(true, 300), change(false, 0), change(true, 900), change(true, 200), change(true, 5_000));
        assertThat(ExpectedHold.from(changes, 3)).contains(Duration.ofMillis(300));
        assertThat(ExpectedHold.from(changes, 1)).contains(Duration.ofMillis(300));
    }

    @Test
    void changesWithoutARestartTellNothing() {
        assertThat(ExpectedHold.from(List.of(change(false, 0)), 10)).isEmpty();
        assertThat(ExpectedHold.from(List.of(), 10)).isEmpty();
    }
}
