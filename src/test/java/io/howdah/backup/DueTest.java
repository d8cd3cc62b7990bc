package io.howdah.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.engine.BackupKind;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DueTest {

    /** A full one on Sundays and incremental ones on the other days, at 02:30. */
    private static final Policy POLICY = new Policy(7, 2, 30, DayOfWeek.SUNDAY, BackupKind.INCREMENTAL);

    private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");

    private static Due due(String newest, String newestFull, String now) {
        return Due.of(POLICY, LONG_AGO, taken(newest, newestFull, null), Instant.parse(now))
                .orElse(null);
    }

    private static Due.Taken taken(String newest, String newestFull, String wanted) {
        return new Due.Taken(instant(newest), instant(newestFull), instant(wanted));
    }

    private static Instant instant(String text) {
        return text == null ? null : Instant.parse(text);
    }

    @Test
    void aServerWithoutABackupNeedsItsFirstWhateverTheHour() {
        assertThat(due(null, null, "2026-03-04T17:00:00Z")).isEqualTo(new Due(BackupKind.FULL, Origin.FIRST));
    }

    @Test
    void aServerWithIncrementalOnesAloneNeedsAFullOne() {
        assertThat(due("2026-03-04T02:31:00Z", null, "2026-03-04T17:00:00Z").kind())
                .isEqualTo(BackupKind.FULL);
    }

    // 2026-03-01 is a Sunday.
    @ParameterizedTest
    @CsvSource({
        "2026-03-03T02:30:10Z, 2026-03-01T02:30:10Z, 2026-03-04T02:29:59Z,",
        "2026-03-03T02:30:10Z, 2026-03-01T02:30:10Z, 2026-03-04T02:30:00Z, INCREMENTAL",
        "2026-03-04T02:30:01Z, 2026-03-01T02:30:10Z, 2026-03-04T23:59:00Z,",
        "2026-03-07T02:30:10Z, 2026-03-01T02:30:10Z, 2026-03-08T02:30:00Z, FULL",
        "2026-03-08T02:31:00Z, 2026-03-08T02:31:00Z, 2026-03-08T09:00:00Z,",
        // The portal was down over Sunday and Monday: one backup makes up for both.
        "2026-03-07T02:30:10Z, 2026-03-01T02:30:10Z, 2026-03-09T11:00:00Z, FULL",
        "2026-03-09T11:00:05Z, 2026-03-09T11:00:05Z, 2026-03-09T11:30:00Z,"
    })
    void whatIsDueIsWhatTheLastSlotAskedForAndNobodyTook(String newest, String full, String now, BackupKind kind) {
        Due due = due(newest, full, now);
        assertThat(due == null ? null : due.kind()).isEqualTo(kind);
        assertThat(due == null || due.origin() == Origin.SCHEDULED).isTrue();
    }

    @Test
    void aRestoredServerNeedsAFullOneAtOnceAndOnlyOne() {
        Instant now = Instant.parse("2026-03-04T12:00:00Z");
        Due.Taken before = taken("2026-03-04T02:30:01Z", "2026-03-01T02:30:10Z", "2026-03-04T11:59:00Z");
        assertThat(Due.of(POLICY, LONG_AGO, before, now)).contains(new Due(BackupKind.FULL, Origin.AFTER_RESTORE));
        Due.Taken after = taken("2026-03-04T12:00:01Z", "2026-03-04T12:00:01Z", "2026-03-04T11:59:00Z");
        assertThat(Due.of(POLICY, LONG_AGO, after, now.plusSeconds(60))).isEmpty();
    }

    @Test
    void aNewHourDoesNotMakeThisMorningsBackupTooEarly() {
        Instant changed = Instant.parse("2026-03-04T12:00:00Z");
        Policy later = new Policy(7, 11, 0, DayOfWeek.TUESDAY, BackupKind.INCREMENTAL);
        Due.Taken taken = taken("2026-03-04T02:30:10Z", "2026-03-01T02:30:10Z", null);
        assertThat(Due.of(later, changed, taken, changed.plusSeconds(60))).isEmpty();
        assertThat(Due.of(later, changed, taken, Instant.parse("2026-03-05T11:00:00Z")))
                .contains(new Due(BackupKind.INCREMENTAL, Origin.SCHEDULED));
        assertThat(Due.of(later, changed, taken, Instant.parse("2026-03-10T11:00:00Z")))
                .contains(new Due(BackupKind.FULL, Origin.SCHEDULED));
    }

    @Test
    void theNextBackupIsADayAfterTheLastSlot() {
        assertThat(POLICY.nextSlot(Instant.parse("2026-03-04T02:29:59Z")))
                .isEqualTo(Instant.parse("2026-03-04T02:30:00Z"));
        assertThat(POLICY.nextSlot(Instant.parse("2026-03-04T02:30:00Z")))
                .isEqualTo(Instant.parse("2026-03-05T02:30:00Z"));
    }

    @Test
    void aThousandServersAreSpreadOverTheNightAndTheWeek() {
        var usual = IntStream.range(0, 1000)
                .mapToObj(i -> Policy.usual(UUID.nameUUIDFromBytes(new byte[] {(byte) i, (byte) (i >> 8)})))
                .toList();
        assertThat(usual).allMatch(Policy::valid);
        assertThat(usual).allMatch(policy -> policy.hour() >= 1 && policy.hour() < 5);
        for (DayOfWeek day : DayOfWeek.values()) {
            assertThat(usual.stream().filter(policy -> policy.fullDay() == day).count())
                    .isBetween(90L, 200L);
        }
        UUID one = UUID.randomUUID();
        assertThat(Policy.usual(one)).isEqualTo(Policy.usual(one));
    }

    @Test
    void aPolicyKeepsBetweenSevenAndThirtyFiveDays() {
        for (int days : new int[] {6, 36}) {
            assertThat(BackupRules.check(new Policy(days, 2, 30, DayOfWeek.SUNDAY, BackupKind.FULL)))
                    .isPresent();
        }
        assertThat(BackupRules.check(new Policy(35, 23, 59, DayOfWeek.SUNDAY, BackupKind.FULL)))
                .isEmpty();
        assertThat(BackupRules.check(new Policy(7, 24, 0, DayOfWeek.SUNDAY, BackupKind.FULL)))
                .isPresent();
    }

    @Test
    void anOnDemandBackupHasANameAndADayToCome() {
        Instant now = Instant.parse("2026-03-04T12:00:00Z");
        Instant later = now.plus(Duration.ofDays(30));
        assertThat(BackupRules.check(new OnDemand("before migration_2", "note", later), now))
                .isEmpty();
        assertThat(BackupRules.check(new OnDemand(" ", null, later), now)
                        .orElseThrow()
                        .field())
                .isEqualTo("name");
        assertThat(BackupRules.check(new OnDemand("a", "x".repeat(513), later), now)
                        .orElseThrow()
                        .field())
                .isEqualTo("note");
        for (Instant wrong : new Instant[] {null, now, now.plus(Duration.ofDays(3661))}) {
            assertThat(BackupRules.check(new OnDemand("a", null, wrong), now)
                            .orElseThrow()
                            .field())
                    .isEqualTo("keepUntil");
        }
    }
}
