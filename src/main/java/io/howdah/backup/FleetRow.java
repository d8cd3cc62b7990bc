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
        /** The second repository has not got what the first one has. */
        COPY_BEHIND,
        /** The backups take more than the server's storage. */
        OVER_ROOM,
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
        if (rehearsed != null && rehearsed.state() == RehearsalView.State.FAILED) {
            return Standing.REHEARSAL_FAILED;
        }
        if (health.remote() != null && health.remote().failingSince() != null) {
            return Standing.COPY_BEHIND;
        }
        return health.overRoom() ? Standing.OVER_ROOM : Standing.SOUND;
    }
}
