package io.howdah.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RetentionTest {

    private static final Instant NOW = Instant.parse("2026-03-04T12:00:00Z");

    private static Retention.Held held(String label, Origin origin, Duration kept) {
        return new Retention.Held(label, origin, kept == null ? null : NOW.plus(kept));
    }

    @Test
    void theWindowIsAsLongAsThePolicySays() {
        assertThat(Retention.of(7, List.of(), List.of(), NOW).window()).isEqualTo(NOW.minus(Duration.ofDays(7)));
        assertThat(Retention.of(35, List.of(), List.of(), NOW).window()).isEqualTo(NOW.minus(Duration.ofDays(35)));
    }

    @Test
    void onDemandBackupsStayUntilTheirDayAndNoOthersDo() {
        Retention retention = Retention.of(
                7,
                List.of(
                        held("kept", Origin.ON_DEMAND, Duration.ofSeconds(1)),
                        held("over", Origin.ON_DEMAND, Duration.ZERO),
                        held("endless", Origin.ON_DEMAND, null),
                        held("scheduled", Origin.SCHEDULED, Duration.ofDays(1))),
                List.of(),
                NOW);
        assertThat(retention.kept()).isEqualTo(Set.of("kept"));
    }

    @Test
    void whatARestoreReadsDoesNotGoFromUnderIt() {
        Instant target = NOW.minus(Duration.ofDays(9));
        Retention retention = Retention.of(7, List.of(), List.of(new Retention.Reading(target, "base")), NOW);
        assertThat(retention.window()).isEqualTo(target);
        assertThat(retention.kept()).containsExactly("base");
        Retention within = Retention.of(7, List.of(), List.of(new Retention.Reading(NOW.minusSeconds(5), null)), NOW);
        assertThat(within.window()).isEqualTo(NOW.minus(Duration.ofDays(7)));
    }

    @Test
    void aRepositoryWithoutItsServerIsOverWhenNothingInItIsNeeded() {
        Retention retention = Retention.of(7, List.of(), List.of(), NOW);
        Instant before = retention.window().minusMillis(1);
        assertThat(retention.over(retention.window(), before)).isFalse();
        assertThat(retention.over(before, NOW)).isTrue();
        // A disk that is not there shows nothing to restore; that alone is no reason to forget a server.
        assertThat(retention.over(null, NOW)).isFalse();
        assertThat(retention.over(null, before)).isTrue();
        Retention keeping =
                Retention.of(7, List.of(held("kept", Origin.ON_DEMAND, Duration.ofDays(1))), List.of(), NOW);
        assertThat(keeping.over(before, before)).isFalse();
    }
}
