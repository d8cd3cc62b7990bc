package io.howdah.engine;

import java.time.Instant;

/**
 * Instants that can be restored without a gap between them.
 *
 * @param from the first of them, the end of a backup
 * @param until the last of them that is certain; of the span that a running server adds to it is when WAL came last, and
 *     later ones can be restored after {@link BackupEngine#archive}
 * @param growing whether the server adds to it
 * @param missing the first WAL segment that is not there and so ends it, or null
 */
public record RecoverySpan(int timeline, Instant from, Instant until, boolean growing, String missing) {

    public boolean holds(Instant instant) {
        return !instant.isBefore(from) && (growing || !instant.isAfter(until));
    }
}
