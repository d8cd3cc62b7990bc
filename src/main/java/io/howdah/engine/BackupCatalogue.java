package io.howdah.engine;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a server's repository holds.
 *
 * @param backups oldest first
 * @param spans the instants that can be restored, oldest first
 * @param majorVersion of the PostgreSQL that the repository belongs to, or 0 when it is empty
 * @param archivedAt when the newest WAL came, or null
 * @param repositoryBytes size of all of it
 */
public record BackupCatalogue(
        List<BackupInfo> backups,
        List<RecoverySpan> spans,
        int majorVersion,
        Instant archivedAt,
        long repositoryBytes) {

    public static final BackupCatalogue EMPTY = new BackupCatalogue(List.of(), List.of(), 0, null, 0);

    public BackupCatalogue {
        backups = List.copyOf(backups);
        spans = List.copyOf(spans);
    }

    /** The span that an instant of the server's life is restored in: that of the newest timeline that has it. */
    public Optional<RecoverySpan> spanOf(Instant instant) {
        return spans.stream().filter(span -> span.holds(instant)).reduce((older, newer) -> newer);
    }

    /** The backup of that label. */
    public Optional<BackupInfo> backup(String label) {
        return backups.stream().filter(backup -> backup.label().equals(label)).findFirst();
    }
}
