package io.howdah.audit;

import io.howdah.shared.Messages;
import java.util.Locale;

/**
 * The first thing that is wrong with the audit log.
 *
 * @param first number of the first record concerned; of the checkpoint for {@link Kind#CHECKPOINT}
 * @param last number of the last record concerned
 */
public record Finding(Kind kind, long first, long last) {

    /** What was done to the log. */
    public enum Kind {
        /** A record says something else than when it was written. */
        CHANGED,
        REMOVED,
        INSERTED,
        /** Among these are records that were changed and computed anew: a checkpoint knows another hash. */
        REWRITTEN,
        /** A checkpoint is missing, or was not signed with this installation's key. */
        CHECKPOINT
    }

    /** In a sentence. */
    public String words() {
        String key = "audit.finding." + kind.name().toLowerCase(Locale.ROOT);
        return Messages.text(first == last ? key : key + ".range", first, last);
    }
}
