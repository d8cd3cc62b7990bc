package io.howdah.backup;

import io.howdah.engine.BackupKind;
import java.time.Instant;
import java.util.UUID;

/**
 * A backup as people see it.
 *
 * @param id of the operation that takes or took it
 * @param label its name in the repository; null while it is being taken
 * @param prior the label of the one it builds on, or null
 * @param name what it was called by who asked for it, or null
 * @param keepUntil until when it is kept whatever the policy says, or null
 * @param databaseBytes size of the server's files then
 * @param repositoryBytes what it takes in the repository
 */
public record BackupView(
        UUID id,
        String label,
        BackupKind kind,
        String prior,
        Origin origin,
        String name,
        String note,
        Instant keepUntil,
        String requestedBy,
        Instant askedAt,
        Instant startedAt,
        Instant endedAt,
        long databaseBytes,
        long repositoryBytes,
        boolean damaged) {

    public boolean underWay() {
        return label == null;
    }
}
