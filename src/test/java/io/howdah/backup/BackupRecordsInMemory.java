package io.howdah.backup;

import io.howdah.engine.BackupCatalogue;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** {@link BackupRecords} for tests of workflows alone. */
final class BackupRecordsInMemory implements BackupRecords {

    final Map<UUID, BackupCatalogue> found = new HashMap<>();
    Retention retention = new Retention(Instant.EPOCH, Set.of());

    @Override
    public Retention retention(UUID serverId) {
        return retention;
    }

    final Map<UUID, BackupCatalogue> copies = new HashMap<>();

    @Override
    public void foundCopies(UUID serverId, BackupCatalogue catalogue) {
        copies.put(serverId, catalogue);
    }

    @Override
    public void found(UUID serverId, BackupCatalogue catalogue) {
        found.put(serverId, catalogue);
    }
}
