package io.howdah.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiskSpeedTest {

    @ParameterizedTest
    @CsvSource({"0.25, 3750, 85", "2, 3750, 85", "8, 15000, 340", "96, 80000, 2600"})
    void itFollowsTheVCoresWithinBounds(double vCores, int iops, int mib) {
        assertThat(DiskSpeed.of(vCores)).isEqualTo(new DiskSpeed(iops, mib));
    }
}
