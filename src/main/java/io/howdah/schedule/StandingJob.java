package io.howdah.schedule;

import java.time.Duration;

/** Something the product does by itself again and again. Features provide them as beans; Quartz keeps their time. */
public interface StandingJob {

    /** Stable name, e.g. {@code reconcile-servers}. */
    String name();

    Duration every();

    /** Does what is due now. Runs on one node at a time, without a transaction. */
    void run();
}
