package io.howdah.backup;

import java.time.Instant;
import java.util.UUID;

/**
 * The state that somebody wants back.
 *
 * @param instant for {@link Kind#TIME}
 * @param backupId for {@link Kind#BACKUP}
 */
public record TargetChoice(Kind kind, Instant instant, UUID backupId) {

    /** What a choice goes by. */
    public enum Kind {
        /** As much as there is. */
        LATEST,
        /** What had been committed at an instant. */
        TIME,
        /** As the backup ended: nothing is replayed, so it is the fastest. */
        BACKUP
    }

    public static TargetChoice latest() {
        return new TargetChoice(Kind.LATEST, null, null);
    }

    public static TargetChoice at(Instant instant) {
        return new TargetChoice(Kind.TIME, instant, null);
    }

    public static TargetChoice backup(UUID id) {
        return new TargetChoice(Kind.BACKUP, null, id);
    }
}
