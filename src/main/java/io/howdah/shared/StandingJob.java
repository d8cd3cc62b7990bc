package io.howdah.shared;

import java.time.Duration;

/**
 * Something the product does by itself again and again. Features provide them as beans; the schedule feature keeps their
 * time and their history. Its title and what it is for stand in the messages under {@code job.<name>.title} and {@code
 * job.<name>.what}.
 */
public interface StandingJob {

    /** Stable name, e.g. {@code reconcile-servers}. */
    String name();

    Duration every();

    /**
     * Does what is due now. Runs on one node at a time, without a transaction.
     *
     * @return what it did in a short sentence, for its history; null when there was nothing to do
     */
    String run();
}
