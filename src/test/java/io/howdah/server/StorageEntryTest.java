package io.howdah.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.engine.DroppedSlot;
import io.howdah.engine.Storage;
import io.howdah.server.StorageEntry.News;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What people are told of a disk that fills up: each thing once. */
class StorageEntryTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final long GIB = 1L << 30;

    private final StorageEntry entry = new StorageEntry();

    private static Storage used(int percent, boolean readOnly, DroppedSlot... slots) {
        return new Storage(true, 100 * GIB, percent * GIB, readOnly, List.of(slots));
    }

    private News see(Storage now) {
        return entry.see(now, NOW);
    }

    @Test
    void itIsSaidOnceThatItFillsUpAndAgainOnlyAfterItHasBeenCleaned() {
        assertThat(see(used(79, false)).filling()).isFalse();
        assertThat(see(used(80, false)).filling()).isTrue();
        assertThat(see(used(85, false)).filling()).isFalse();
        assertThat(see(used(76, false)).filling()).isFalse();
        assertThat(see(used(81, false)).filling()).isFalse();
        assertThat(see(used(74, false)).filling()).isFalse();
        assertThat(see(used(80, false)).filling()).isTrue();
    }

    @Test
    void itIsKnownSinceWhenItIsReadOnly() {
        assertThat(see(used(96, true)).readOnly()).isTrue();
        assertThat(entry.seen().readOnlySince()).isEqualTo(NOW);
        News still = entry.see(used(97, true), NOW.plusSeconds(10));
        assertThat(still.readOnly()).isFalse();
        assertThat(entry.seen().readOnlySince()).isEqualTo(NOW);
        assertThat(see(used(60, false)).writable()).isTrue();
        assertThat(entry.seen().readOnlySince()).isNull();
        assertThat(see(used(60, false)).writable()).isFalse();
    }

    @Test
    void eachSlotThatWasDroppedIsToldOnce() {
        DroppedSlot first = new DroppedSlot("a", NOW.plusNanos(1_234_567), GIB);
        DroppedSlot second = new DroppedSlot("b", NOW.plusSeconds(1), GIB);
        assertThat(see(used(50, false, first)).slots()).containsExactly(first);
        assertThat(entry.slotsToldAt).isEqualTo(NOW.plusMillis(1));
        assertThat(entry.calls(used(50, false, first), NOW)).isFalse();
        assertThat(entry.calls(used(50, false, first, second), NOW)).isTrue();
        assertThat(see(used(50, false, first, second)).slots()).containsExactly(second);
    }

    @Test
    void whatHardlyMovesIsNotWrittenDown() {
        assertThat(entry.calls(used(50, false), NOW)).isTrue();
        see(used(50, false));
        assertThat(entry.calls(used(50, false), NOW)).isFalse();
        assertThat(entry.calls(used(51, false), NOW)).isFalse();
        assertThat(entry.calls(used(52, false), NOW)).isTrue();
        assertThat(entry.calls(used(50, true), NOW)).isTrue();
        assertThat(entry.calls(used(50, false), NOW.plus(Duration.ofMinutes(6))))
                .isTrue();
        entry.use(new Autogrow(true, 10, 200));
        see(used(85, false));
        assertThat(entry.calls(used(85, false), NOW)).isTrue();
        entry.use(new Autogrow(true, 10, 100));
        assertThat(entry.calls(used(85, false), NOW)).isFalse();
    }
}
