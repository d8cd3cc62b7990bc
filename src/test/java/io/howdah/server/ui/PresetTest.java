package io.howdah.server.ui;

import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.engine.Capabilities;
import io.howdah.engine.Room;
import io.howdah.server.Catalogue;
import io.howdah.server.Size;
import java.util.List;
import org.junit.jupiter.api.Test;

class PresetTest {

    private static final Size TINY = new Size("H0.25", "Small", 0.25, 256, 25);
    private static final Size SMALL = new Size("H0.5", "Small", 0.5, 512, 35);
    private static final Size BURSTABLE = new Size("B2s", "Burstable", 2, 4096, 429);
    private static final Size GENERAL = new Size("Standard_D2ds_v5", "General Purpose", 2, 8192, 859);
    private static final Size LARGE = new Size("Standard_D8ds_v5", "General Purpose", 8, 32768, 3437);
    private static final List<Size> ALL = List.of(TINY, SMALL, BURSTABLE, GENERAL, LARGE);

    @Test
    void aPresetTakesTheSmallestSizeThatIsLargeEnough() {
        assertThat(Preset.DEVELOPMENT.size(catalogue(ALL, 65536, 0))).contains(SMALL);
        assertThat(Preset.PRODUCTION_LARGE.size(catalogue(ALL, 65536, 0))).contains(LARGE);
    }

    @Test
    void productionPrefersATierForSteadyWorkButTakesAnotherWhereNoneFits() {
        assertThat(Preset.PRODUCTION_SMALL.size(catalogue(ALL, 65536, 0))).contains(GENERAL);
        assertThat(Preset.PRODUCTION_SMALL.size(catalogue(ALL, 6000, 0))).contains(BURSTABLE);
    }

    @Test
    void memoryPromisedToOtherServersIsNotOffered() {
        assertThat(Preset.PRODUCTION_LARGE.size(catalogue(ALL, 65536, 40000))).isEmpty();
        assertThat(Preset.freeMemoryMib(catalogue(ALL, 1000, 4000))).isZero();
    }

    @Test
    void storageFitsUpToWhatIsFree() {
        assertThat(Preset.PRODUCTION_SMALL.storageFits(catalogue(ALL, 65536, 0)))
                .isTrue();
        assertThat(Preset.PRODUCTION_LARGE.storageFits(catalogue(ALL, 65536, 0)))
                .isFalse();
    }

    private static Catalogue catalogue(List<Size> sizes, int serverMemoryMib, int promisedMib) {
        return new Catalogue(
                List.of(),
                sizes,
                new Room(8, 65536, serverMemoryMib, 64),
                promisedMib,
                new Capabilities("here", true, "", true, ""),
                5);
    }
}
