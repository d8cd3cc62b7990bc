package io.howdah.engine;

import java.time.Duration;
import java.util.List;

/**
 * Upkeep of databases, which never blocks reading or writing.
 *
 * @param databases their names; none means all
 * @param timeout for all of them together
 */
public record Maintenance(Kind kind, List<String> databases, Duration timeout) {

    public Maintenance {
        databases = List.copyOf(databases);
    }

    public enum Kind {
        VACUUM,
        ANALYZE,
        VACUUM_ANALYZE,
        /** Concurrently; the system's own tables are left out. */
        REINDEX
    }
}
