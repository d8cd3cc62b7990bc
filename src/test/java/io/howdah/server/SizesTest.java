package io.howdah.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.engine.Room;
import org.junit.jupiter.api.Test;

class SizesTest {

    @Test
    void aLaptopIsOfferedTheSizesThatFitIt() {
        Room laptop = new Room(2, 8192, 7168, 100);
        assertThat(Sizes.fitting(laptop))
                .extracting(Size::code)
                .containsExactly("H0.25", "H0.5", "H1", "Standard_B1ms", "Standard_B2s");
    }

    @Test
    void theSmallestSizeHas256MibAndAFractionOfAVCore() {
        Size smallest = Sizes.of("H0.25");
        assertThat(smallest.memoryMib()).isEqualTo(256);
        assertThat(smallest.vCores()).isLessThan(1);
    }

    /** Figures of the service we equal: "Limits in Azure Database for PostgreSQL flexible server". */
    @Test
    void azuresSizesHaveAzuresFigures() {
        assertThat(Sizes.of("Standard_B1ms")).isEqualTo(new Size("Standard_B1ms", "Burstable", 1, 2048, 50, 0.2));
        assertThat(Sizes.of("Standard_D4ds_v5"))
                .isEqualTo(new Size("Standard_D4ds_v5", "General Purpose", 4, 16384, 1718));
        assertThat(Sizes.of("Standard_E20ads_v5"))
                .isEqualTo(new Size("Standard_E20ads_v5", "Memory Optimized", 20, 163840, 5000));
    }

    @Test
    void everySizeLeavesConnectionsBesideTheFifteenReserved() {
        assertThat(Sizes.fitting(new Room(1000, 10_000_000, 10_000_000, 1)))
                .hasSizeGreaterThan(40)
                .allSatisfy(size -> assertThat(size.maxConnections()).isGreaterThan(15));
    }
}
