package io.howdah.operation;

/**
 * Wakes the one thread that waits for it: at once when it is rung, or at the earliest of the times it was set to. Times
 * are {@link System#nanoTime}'s.
 */
final class Alarm {

    private boolean rung;
    private boolean set;
    private long at;

    synchronized void ring() {
        rung = true;
        notifyAll();
    }

    synchronized void ringAt(long nanos) {
        if (!set || nanos - at < 0) {
            set = true;
            at = nanos;
            notifyAll();
        }
    }

    /** Returns as soon as it rings, and takes it that it was heard. */
    synchronized void await() throws InterruptedException {
        while (!rung) {
            long left = set ? at - System.nanoTime() : Long.MAX_VALUE;
            if (left <= 0) {
                break;
            }
            // Rounded up: a moment too early would mean asking in vain.
            wait(set ? left / 1_000_000 + 1 : 0);
        }
        rung = false;
        set = set && at - System.nanoTime() > 0;
    }
}
