package io.howdah.operation;

import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Whether the metadata database is out of reach just now. One thread keeps trying; the others wait here for the news,
 * and the log hears of it once when it goes and once when it is back.
 */
final class Outage {

    private static final Logger LOG = Logger.getLogger(Outage.class.getName());

    private boolean away;
    private long since;

    synchronized boolean away() {
        return away;
    }

    synchronized void noticed(Throwable cause) {
        if (!away) {
            away = true;
            since = System.nanoTime();
            LOG.log(
                    Level.WARNING,
                    "the metadata database does not answer; operations pause until it does: {0}",
                    root(cause).getMessage());
        }
    }

    /** @return whether it was away */
    synchronized boolean over() {
        boolean was = away;
        if (was) {
            away = false;
            LOG.log(
                    Level.WARNING,
                    "the metadata database answers again after {0} s; operations go on",
                    TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - since));
            notifyAll();
        }
        return was;
    }

    /** Waits a while for the end of the outage. */
    synchronized void await() {
        try {
            if (away) {
                wait(TimeUnit.SECONDS.toMillis(1));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Throwable root(Throwable thrown) {
        return thrown.getCause() == null ? thrown : root(thrown.getCause());
    }
}
