package io.howdah.engine;

import java.time.Duration;
import java.util.List;

/**
 * How a change of size went, or goes.
 *
 * @param before the size there was when the change was first asked for, also after it has been taken back
 * @param after the size asked for last under the change's name
 * @param settings those that the two sizes do not share
 * @param restarted whether PostgreSQL was restarted for it
 * @param held how long the pooled endpoint held clients back at most; zero when it never did
 * @param traffic what went through the pooled endpoint meanwhile, or null when it can't be told
 */
public record Resized(
        Compute before,
        Compute after,
        List<SettingChange> settings,
        boolean restarted,
        Duration held,
        Traffic traffic) {

    /**
     * By the pooler's own counters and its log.
     *
     * @param transactions those that were completed
     * @param failed errors that it told its clients
     */
    public record Traffic(long transactions, int failed) {}

    public Resized {
        settings = List.copyOf(settings);
    }
}
