package io.howdah.server;

import java.util.UUID;

/** What backups take; a bean of the feature that keeps them. */
public interface BackupStorageUse {

    /** Of all servers of the team, also of those that exist in their backups alone, in bytes. */
    long bytesOfTeam(UUID teamId);
}
