package io.howdah.engine.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.engine.BackupInfo;
import io.howdah.engine.BackupKind;
import io.howdah.engine.RecoverySpan;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What can be restored, from which segments are there. Times are seconds after an epoch, segments come one a minute. */
class WalArchiveTest {

    private static final Instant EPOCH = Instant.parse("2026-11-24T00:00:00Z");

    private final TreeMap<WalSegment, Instant> segments = new TreeMap<>();
    private final Map<Integer, WalArchive.Fork> forks = new HashMap<>();
    private final Map<Integer, Instant> born = new HashMap<>();

    private static Instant at(long seconds) {
        return EPOCH.plusSeconds(seconds);
    }

    private void segments(int timeline, long from, long to) {
        for (long number = from; number <= to; number++) {
            segments.put(new WalSegment(timeline, number), at(number * 60));
        }
    }

    /** A backup that began and ended in that segment. */
    private static WalArchive.Base base(int timeline, long segment) {
        WalSegment only = new WalSegment(timeline, segment);
        BackupInfo backup = new BackupInfo(
                timeline + "-" + segment,
                BackupKind.FULL,
                null,
                null,
                Map.of(),
                at(segment * 60 - 30),
                at(segment * 60 - 10),
                timeline,
                1,
                1,
                false);
        return new WalArchive.Base(backup, only, only, segment * WalSegment.BYTES + 500);
    }

    private List<RecoverySpan> spans(boolean growing, WalArchive.Base... bases) {
        return archive().spans(List.of(bases), growing, Map.of());
    }

    private WalArchive archive() {
        return new WalArchive(segments, forks, born);
    }

    @Test
    void withoutGapsEverythingFromTheFirstBackupOnCanBeRestored() {
        segments(1, 1, 9);
        assertThat(spans(true, base(1, 2), base(1, 5)))
                .containsExactly(new RecoverySpan(1, at(110), at(540), true, null));
        assertThat(spans(false, base(1, 2))).containsExactly(new RecoverySpan(1, at(110), at(540), false, null));
    }

    @Test
    void aMissingSegmentEndsARangeAtWhatIsCertainAndTheNextBackupBeginsAnother() {
        segments(1, 1, 9);
        segments.remove(new WalSegment(1, 5));
        assertThat(spans(true, base(1, 2), base(1, 7)))
                .containsExactly(
                        new RecoverySpan(1, at(110), at(180), false, "000000010000000000000005"),
                        new RecoverySpan(1, at(410), at(540), true, null));
    }

    @Test
    void aBackupWhoseOwnWalIsMissingRestoresNothing() {
        segments(1, 1, 9);
        segments.remove(new WalSegment(1, 2));
        assertThat(spans(true, base(1, 2))).isEmpty();
    }

    @Test
    void aBackupWithNothingButItsOwnWalRestoresItsEnd() {
        segments(1, 2, 2);
        segments.put(new WalSegment(1, 9), at(540));
        assertThat(spans(true, base(1, 2)))
                .containsExactly(new RecoverySpan(1, at(110), at(110), false, "000000010000000000000003"));
    }

    @Test
    void aNewTimelineGoesOnFromTheOneItLeft() {
        segments(1, 1, 6);
        segments(2, 4, 9);
        forks.put(2, new WalArchive.Fork(1, 4 * WalSegment.BYTES + 1_000));
        born.put(2, at(400));
        assertThat(spans(true, base(1, 2)))
                .containsExactly(
                        new RecoverySpan(1, at(110), at(360), false, null),
                        new RecoverySpan(2, at(400), at(540), true, null));
        assertThat(archive().needed(base(1, 2), 2, at(480)))
                .extracting(WalSegment::name)
                .startsWith("000000010000000000000002", "000000010000000000000003", "000000020000000000000004")
                .endsWith("000000020000000000000009");
    }

    @Test
    void aServerThatWentBackToBeforeARestoreGoesOnOnItsFormerTimeline() {
        segments(1, 1, 12);
        segments(2, 4, 9);
        forks.put(2, new WalArchive.Fork(1, 4 * WalSegment.BYTES + 1_000));
        born.put(2, at(400));
        assertThat(spans(true, base(1, 2)))
                .containsExactly(
                        new RecoverySpan(2, at(400), at(540), false, null),
                        new RecoverySpan(1, at(110), at(720), true, null));
    }

    @Test
    void aBackupMadeAfterTheForkDoesNotLeadToTheOtherTimeline() {
        segments(1, 1, 6);
        segments(2, 4, 9);
        forks.put(2, new WalArchive.Fork(1, 4 * WalSegment.BYTES + 1_000));
        born.put(2, at(400));
        assertThat(archive().base(List.of(base(1, 2), base(1, 5)), 2, null)).isEqualTo(base(1, 2));
        assertThat(archive().base(List.of(base(1, 2), base(1, 5)), 1, null)).isEqualTo(base(1, 5));
        assertThat(archive().base(List.of(base(1, 2), base(1, 5)), 1, at(200))).isEqualTo(base(1, 2));
        assertThat(archive().base(List.of(base(1, 2)), 1, at(100))).isNull();
    }

    @Test
    void whatIsKnownToBeThereCountsMoreThanTheTimesOfFiles() {
        segments(1, 1, 3);
        assertThat(archive().spans(List.of(base(1, 2)), false, Map.of(1, at(200))))
                .containsExactly(new RecoverySpan(1, at(110), at(200), false, null));
    }

    @Test
    void segmentsAreNamedAndCountedAsPostgresDoes() {
        assertThat(WalSegment.of("0000000200000001000000FF")).isEqualTo(new WalSegment(2, 511));
        assertThat(new WalSegment(2, 511).name()).isEqualTo("0000000200000001000000FF");
        assertThat(WalSegment.lsn("1/FF000028") / WalSegment.BYTES).isEqualTo(511);
    }

    @Test
    void whatIsThereWithoutAGapLeadsAcrossTimelinesAndEndsBeforeTheFirstMissingSegment() {
        segments(1, 1, 5);
        forks.put(2, new WalArchive.Fork(1, 4 * WalSegment.BYTES + 100));
        segments(2, 4, 6);
        segments(2, 8, 9);
        assertThat(archive().unbroken(new WalSegment(1, 2), 2)).isEqualTo(new WalSegment(2, 6));
        assertThat(archive().unbroken(new WalSegment(1, 2), 1)).isEqualTo(new WalSegment(1, 5));
        assertThat(archive().unbroken(new WalSegment(2, 9), 2)).isEqualTo(new WalSegment(2, 9));
    }
}
