package io.howdah.backup;

import java.time.Instant;
import java.util.UUID;

/**
 * A server's backups in one line.
 *
 * @param goneAt since when it exists in its backups alone, or null
 * @param deletedAt when it was deleted, or null
 * @param earliest the first instant that can be restored, or null
 * @param latest the last that is certain, or null
 * @param underWay whether a backup is being taken
 * @param rehearsed the newest rehearsal that has ended, or null
 */
public record FleetRow(
        UUID serverId,
        String name,
        UUID teamId,
        String teamName,
        Instant deletedAt,
        Instant goneAt,
        boolean running,
        ServerBackups.Health health,
        Instant earliest,
        Instant latest,
        int storageGib,
        boolean underWay,
        RehearsalView rehearsed) {

    /** What needs somebody comes first. */
    public enum Standing {
        FAILING,
        BEHIND,
        NO_BACKUP,
        REHEARSAL_FAILED,
        SOUND,
        GONE
    }

    public Standing standing() {
        if (goneAt != null || deletedAt != null) {
            return Standing.GONE;
        }
        if (health.failingSince() != null) {
            return Standing.FAILING;
        }
        if (health.old()) {
            return Standing.BEHIND;
        }
        if (health.newestBackupAt() == null) {
            return Standing.NO_BACKUP;
        }
        return rehearsed != null && rehearsed.state() == RehearsalView.State.FAILED
                ? Standing.REHEARSAL_FAILED
                : Standing.SOUND;
    }
}
