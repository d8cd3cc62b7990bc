package io.howdah.engine.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.engine.BackupInfo;
import io.howdah.engine.BackupKind;
import io.howdah.shared.Measure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which backups are needed. A full one each Sunday, an incremental one each other day; days are counted from 0. */
class ExpiryTest {

    private static final Instant EPOCH = Instant.parse("2026-11-01T00:00:00Z");

    private static final List<BackupInfo> THREE_WEEKS =
            java.util.stream.IntStream.range(0, 21).mapToObj(ExpiryTest::backup).toList();

    private static BackupInfo backup(int day) {
        boolean full = day % 7 == 0;
        Instant ended = day(day);
        return new BackupInfo(
                label(day),
                full ? BackupKind.FULL : BackupKind.INCREMENTAL,
                full ? null : label(day - 1),
                null,
                Map.of(),
                ended.minusSeconds(60),
                ended,
                1,
                1,
                1,
                false);
    }

    private static String label(int day) {
        return "day" + day;
    }

    private static Instant day(int day) {
        return EPOCH.plus(Duration.ofDays(day));
    }

    private static String[] labels(int from, int to) {
        return java.util.stream.IntStream.rangeClosed(from, to)
                .mapToObj(ExpiryTest::label)
                .toArray(String[]::new);
    }

    @Test
    void theNewestBackupBeforeTheWindowIsNeededWithAllItBuildsOn() {
        assertThat(Expiry.needed(THREE_WEEKS, day(16).plusSeconds(1), Set.of()))
                .containsExactlyInAnyOrder(labels(14, 20));
        assertThat(Expiry.needed(THREE_WEEKS, day(13).plusSeconds(1), Set.of()))
                .containsExactlyInAnyOrder(labels(7, 20));
    }

    @Test
    void whileNoneIsOlderThanTheWindowAllAreNeeded() {
        assertThat(Expiry.needed(THREE_WEEKS, day(-1), Set.of())).containsExactlyInAnyOrder(labels(0, 20));
    }

    @Test
    void oneToBeKeptKeepsWhatItBuildsOnAndNoMore() {
        assertThat(Expiry.needed(THREE_WEEKS, day(15), Set.of(label(2))))
                .contains(label(0), label(1), label(2))
                .doesNotContain(label(3), label(7));
    }

    @Test
    void theToolsLastShareIsTheProgress() {
        String said = "P01 DETAIL: backup file /d/base/5/1 (384.2MB, 81.61%) checksum 21\n"
                + "P01 DETAIL: backup file /d/base/5/2 (768KB, 95.42%) checksum 46\n";
        assertThat(PgBackRest.measure(said, 1_000_000)).isEqualTo(new Measure(954_200, 1_000_000, Measure.Unit.BYTES));
        assertThat(PgBackRest.measure("", 10).done()).isZero();
    }
}
