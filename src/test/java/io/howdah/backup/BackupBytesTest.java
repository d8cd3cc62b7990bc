package io.howdah.backup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BackupBytesTest {

    private static final long GIB = 1L << 30;

    @Test
    void keepingTwiceAsLongTakesAsMuchAgain() {
        assertThat(BackupBytes.longer(3 * GIB, 7, 14)).isEqualTo(3 * GIB);
        assertThat(BackupBytes.longer(7 * GIB, 7, 8)).isEqualTo(GIB);
    }

    @Test
    void keepingShorterTakesNothingAndKeepingNothingLongerTakesSomething() {
        assertThat(BackupBytes.longer(GIB, 14, 7)).isZero();
        assertThat(BackupBytes.longer(0, 7, 8)).isPositive();
    }
}
