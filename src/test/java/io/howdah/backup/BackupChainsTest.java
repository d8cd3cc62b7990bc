package io.howdah.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.howdah.engine.BackupKind;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BackupChainsTest {

    private static BackupView backup(String label, String prior) {
        return new BackupView(
                UUID.randomUUID(),
                label,
                prior == null ? BackupKind.FULL : BackupKind.INCREMENTAL,
                prior,
                Origin.SCHEDULED,
                null,
                null,
                null,
                "howdah",
                null,
                null,
                null,
                0,
                0,
                false);
    }

    @Test
    void whatBuildsOnADeletedBackupGoesWithIt() {
        BackupView full = backup("F1", null);
        BackupView first = backup("F1_I1", "F1");
        BackupView second = backup("F1_I2", "F1_I1");
        BackupView other = backup("F2", null);
        BackupView itsOwn = backup("F2_I1", "F2");
        List<BackupView> all = List.of(full, first, second, other, itsOwn);
        assertThat(BackupChains.goingWith(full, all)).containsExactlyInAnyOrder(first, second);
        assertThat(BackupChains.goingWith(first, all)).containsExactly(second);
        assertThat(BackupChains.goingWith(second, all)).isEmpty();
        assertThat(BackupChains.goingWith(other, all)).containsExactly(itsOwn);
    }
}
