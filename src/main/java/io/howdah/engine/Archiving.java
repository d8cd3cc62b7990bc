package io.howdah.engine;

import java.time.Instant;

/**
 * How a running server's WAL gets into its repository, from {@code pg_stat_archiver}.
 *
 * @param lastSegment the newest that got there, or null
 * @param failedAt when it last failed, if it has not succeeded since; else null
 * @param waiting how many segments wait to get there
 */
public record Archiving(String lastSegment, Instant archivedAt, Instant failedAt, int waiting) {

    public boolean failing() {
        return failedAt != null;
    }
}
