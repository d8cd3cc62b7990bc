package io.howdah.engine;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A backup in a server's repository.
 *
 * @param label its name there, e.g. {@code 20261124-221443F_20261124-221452I}
 * @param prior the label of the one it builds on, or null
 * @param unit the unit of work that took it, or null
 * @param notes what was written beside it
 * @param stoppedAt from here on it can be restored from
 * @param databaseBytes size of the server's files
 * @param repositoryBytes what it added to the repository
 * @param damaged whether the engine saw page checksums fail while it was taken
 */
public record BackupInfo(
        String label,
        BackupKind kind,
        String prior,
        UUID unit,
        Map<String, String> notes,
        Instant startedAt,
        Instant stoppedAt,
        int timeline,
        long databaseBytes,
        long repositoryBytes,
        boolean damaged) {

    public BackupInfo {
        notes = new TreeMap<>(notes);
    }
}
