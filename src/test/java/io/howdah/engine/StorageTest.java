package io.howdah.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From how full a disk on what happens. */
class StorageTest {

    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;

    private static Storage free(long capacity, long free) {
        return new Storage(true, capacity, capacity - free, false, List.of());
    }

    @ParameterizedTest
    @CsvSource({
        // 5 GiB are a tenth at most, and 5 % at least.
        "1, 102.4",
        "10, 1024",
        "50, 5120",
        "64, 5120",
        "100, 5120",
        "200, 10240",
        "1024, 52428.8"
    })
    void aServerIsReadOnlyWithSoLittleFree(long capacityGib, double mib) {
        long guard = (long) (mib * MIB);
        assertThat(Storage.guardBytes(capacityGib * GIB)).isEqualTo(guard);
        assertThat(free(capacityGib * GIB, guard).nearlyFull()).isTrue();
        assertThat(free(capacityGib * GIB, guard + 1).nearlyFull()).isFalse();
    }

    @Test
    void itIsWritableAgainSomeWayFromThat() {
        long guard = Storage.guardBytes(100 * GIB);
        assertThat(free(100 * GIB, guard + 1).relieved()).isFalse();
        assertThat(free(100 * GIB, guard + 2 * GIB - 1).relieved()).isFalse();
        assertThat(free(100 * GIB, guard + 2 * GIB).relieved()).isTrue();
    }

    @Test
    void peopleAreWarnedAtFourFifths() {
        assertThat(free(10 * GIB, 2 * GIB + MIB).filling()).isFalse();
        assertThat(free(10 * GIB, 2 * GIB).filling()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"1, 0.2", "100, 20", "320, 64", "1024, 64", "2048, 64", "32768, 64"})
    void itGrowsWithLessThanThisFree(long capacityGib, double gib) {
        long enough = (long) (gib * GIB) + 1;
        assertThat(free(capacityGib * GIB, enough).callsForGrowth()).isFalse();
        assertThat(free(capacityGib * GIB, enough - MIB).callsForGrowth()).isTrue();
    }

    @Test
    void moreThanThereIsIsAllOfIt() {
        Storage over = new Storage(false, GIB, 2 * GIB, false, List.of());
        assertThat(over.freeBytes()).isZero();
        assertThat(over.usedPercent()).isEqualTo(100);
        assertThat(over.nearlyFull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "880, 1", "920, 2", "3072, 4", "102400, 108", "1048576, 1102"})
    void theSmallestHoldsWhatIsUsedAndIsSomeWayFromReadOnly(long usedMib, int gib) {
        int least = Storage.leastGib(usedMib * MIB);
        assertThat(least).isEqualTo(gib);
        assertThat(new Storage(true, least * GIB, usedMib * MIB, false, List.of()).relieved())
                .isTrue();
    }
}
