package io.howdah.backup;

import io.howdah.engine.BackupCatalogue;
import java.util.UUID;

/** What workflows read and write down about backups; each call is a transaction of its own. */
interface BackupRecords {

    /** What of the server's repository must stay, as things are now. */
    Retention retention(UUID serverId);

    /** The repository holds this, and nothing else. */
    void found(UUID serverId, BackupCatalogue catalogue);

    /** The second repository holds this. */
    void foundCopies(UUID serverId, BackupCatalogue catalogue);
}
