package io.howdah.engine;

import java.time.Instant;

/** The state of a server that a restore is to bring back. */
public sealed interface RestoreTarget {

    /** Everything that is in the repository, on that timeline. */
    record Latest(int timeline) implements RestoreTarget {}

    /** What was committed up to an instant, inclusive, and nothing else, on that timeline. */
    record At(Instant instant, int timeline) implements RestoreTarget {}

    /** A backup as it was when it ended, which needs no other WAL than its own. */
    record Backup(String label) implements RestoreTarget {}
}
