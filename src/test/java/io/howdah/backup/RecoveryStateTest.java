package io.howdah.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.engine.Archiving;
import io.howdah.engine.BackupCatalogue;
import io.howdah.engine.RecoverySpan;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecoveryStateTest {

    private static final Instant CREATED = Instant.parse("2026-03-04T11:00:00Z");
    private static final Instant ARCHIVED = Instant.parse("2026-03-04T11:30:00Z");

    private static RecoveryState state() {
        RecoveryState state = new RecoveryState();
        state.createdAt = CREATED;
        return state;
    }

    @Test
    void whatIsArchivedWidensTheSpanThatGrowsAndNoOther() {
        RecoveryState state = state();
        RecoverySpan old = new RecoverySpan(1, CREATED, CREATED.plusSeconds(60), false, "00000001000000000000002A");
        RecoverySpan growing = new RecoverySpan(1, CREATED.plusSeconds(90), CREATED.plusSeconds(120), true, null);
        state.read(new BackupCatalogue(List.of(), List.of(old, growing), 17, null, 5), ARCHIVED);
        state.see(new Archiving("00000001000000000000002C", ARCHIVED, null, 0), ARCHIVED);
        assertThat(state.spans()).containsExactly(old, new RecoverySpan(1, growing.from(), ARCHIVED, true, null));
        assertThat(state.lastInstant()).isEqualTo(ARCHIVED);
    }

    @Test
    void backupsMayTakeAsMuchAsTheServersStorageAndNoMore() {
        RecoveryState state = state();
        state.storageGib = 3;
        state.repositoryBytes = 3L << 30;
        assertThat(state.overRoom()).isFalse();
        state.repositoryBytes++;
        assertThat(state.overRoom()).isTrue();
    }

    @Test
    void anIdleServerIsNeverBehind() {
        RecoveryState state = state();
        state.see(new Archiving("A", ARCHIVED, null, 0), ARCHIVED.plusSeconds(36_000));
        assertThat(state.old(ARCHIVED.plusSeconds(36_000))).isFalse();
    }

    @Test
    void aServerWhoseChangesWaitForFiveMinutesIsBehind() {
        RecoveryState state = state();
        state.see(new Archiving("A", ARCHIVED, null, 1), ARCHIVED.plusSeconds(301));
        assertThat(state.old(ARCHIVED.plusSeconds(300))).isFalse();
        assertThat(state.old(ARCHIVED.plusSeconds(301))).isTrue();
    }

    @Test
    void archivingThatFailsIsFailingSinceTheFirstTimeAndAfterFiveMinutesForPeopleToo() {
        RecoveryState state = state();
        Instant first = ARCHIVED.plusSeconds(10);
        state.see(new Archiving("A", ARCHIVED, first, 1), first);
        state.see(new Archiving("A", ARCHIVED, first.plusSeconds(200), 2), first.plusSeconds(201));
        assertThat(state.failingSince).isEqualTo(first);
        assertThat(state.failing(first.plusSeconds(300))).isFalse();
        assertThat(state.failing(first.plusSeconds(301))).isTrue();
        state.see(new Archiving("C", first.plusSeconds(400), null, 0), first.plusSeconds(400));
        assertThat(state.failingSince).isNull();
    }

    @Test
    void whatIsKnownAlreadyIsNotWrittenDownAgain() {
        RecoveryState state = state();
        Archiving seen = new Archiving("A", ARCHIVED, null, 0);
        assertThat(state.news(seen)).isTrue();
        state.see(seen, ARCHIVED);
        assertThat(state.news(seen)).isFalse();
        assertThat(state.news(new Archiving("B", ARCHIVED, null, 0))).isTrue();
        assertThat(state.news(new Archiving("A", ARCHIVED, ARCHIVED, 0))).isTrue();
    }
}
