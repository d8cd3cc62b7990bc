package io.howdah.backup;

import io.howdah.engine.RecoverySpan;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * All there is to know of a server's backups.
 *
 * @param gone whether it exists in its backups alone
 * @param deleted whether it is deleted or gone
 * @param running whether it can archive what it has
 * @param policy null before the server has been created
 * @param nextBackupAt null when none is planned
 * @param backups newest first, those under way included
 * @param spans the instants that can be restored, oldest first
 * @param former the state that one can go back to, or null
 */
public record ServerBackups(
        UUID serverId,
        String name,
        UUID teamId,
        boolean gone,
        boolean deleted,
        boolean running,
        int majorVersion,
        String sizeCode,
        int storageGib,
        String administratorLogin,
        Policy policy,
        Instant nextBackupAt,
        List<BackupView> backups,
        List<RecoverySpan> spans,
        Health health,
        Former former) {

    public ServerBackups {
        backups = List.copyOf(backups);
        spans = List.copyOf(spans);
    }

    /**
     * Whether it would be whole again after a loss.
     *
     * @param archivedAt when the newest changes came into the archive, or null
     * @param waiting how many pieces of WAL wait to get there
     * @param failingSince since when they do not get there, or null
     * @param old whether changes that should be in the archive are not
     * @param overRoom whether the backups take more than the server's storage
     * @param remote how the second repository is, or null where there is none
     */
    public record Health(
            Instant newestBackupAt,
            Instant archivedAt,
            int waiting,
            Instant failingSince,
            boolean old,
            long repositoryBytes,
            boolean overRoom,
            Remote remote) {

        public boolean sound() {
            return failingSince == null && !old && newestBackupAt != null;
        }
    }

    /**
     * The second repository.
     *
     * @param place where it is, in words
     * @param newestBackupAt when the newest backup there ended, or null
     * @param archivedAt when the newest changes got there, or null
     * @param waiting how many pieces of WAL are to go there
     * @param failingSince since when they do not get there, or null
     * @param trouble why, or null
     * @param underWay the operation that copies a backup there just now, or null
     */
    public record Remote(
            String place,
            Instant newestBackupAt,
            Instant archivedAt,
            int waiting,
            Instant failingSince,
            String trouble,
            long bytes,
            UUID underWay) {}

    /**
     * What a restore in place has replaced.
     *
     * @param restoration the operation that restored
     * @param busy whether it is being gone back to or removed just now
     */
    public record Former(UUID restoration, Instant restoredAt, Instant target, Instant keptUntil, boolean busy) {}

    /** The earliest instant that can be restored, or null. */
    public Instant earliest() {
        return spans.stream().map(RecoverySpan::from).min(Instant::compareTo).orElse(null);
    }

    /** The latest instant that is certain to be restorable, or null. */
    public Instant latest() {
        return spans.stream().map(RecoverySpan::until).max(Instant::compareTo).orElse(null);
    }

    public boolean restorable() {
        return !spans.isEmpty() || backups.stream().anyMatch(backup -> !backup.underWay());
    }
}
