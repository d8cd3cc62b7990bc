package io.howdah.operation;

import io.howdah.operation.OperationTable.Claimed;
import io.howdah.shared.Measure;
import java.util.Objects;

/** An operation that this node has in hand: its lease, and whether a thread is acting on it. */
final class Hand {

    private Claimed claimed;
    private long leaseEnds;
    private long deadline;
    private Thread acting;
    private boolean lost;
    private boolean disturbed;
    private String doing;
    private Measure measure;

    /** @param asked by {@link System#nanoTime}, before the database was asked: the lease ends no earlier than reckoned */
    Hand(Claimed claimed, long asked) {
        moved(claimed, asked);
    }

    synchronized Claimed claimed() {
        return claimed;
    }

    /** The operation is at a new step. */
    final synchronized void moved(Claimed now, long asked) {
        kept(now, asked);
        doing = null;
        measure = null;
    }

    /** It is at the same step still. */
    final synchronized void kept(Claimed now, long asked) {
        claimed = now;
        deadline = asked + now.left().toNanos();
        renewed(asked);
    }

    synchronized void renewed(long asked) {
        leaseEnds = asked + OperationTable.LEASE.toNanos();
    }

    synchronized boolean overdue() {
        return deadline - System.nanoTime() < 0;
    }

    /** The workflow acts from here to {@link #rested}; false when the lease does not allow that any more. */
    synchronized boolean act(long margin) {
        if (lost || leaseEnds - System.nanoTime() < margin) {
            lost = true;
            return false;
        }
        acting = Thread.currentThread();
        return true;
    }

    /** @return whether what the workflow answered may count */
    synchronized boolean rested() {
        acting = null;
        // An interrupt of ours that came too late must not hit what this thread does next.
        Thread.interrupted();
        return !lost;
    }

    /** Stops the thread that acts although the lease is about to end. */
    synchronized boolean stopBefore(long margin) {
        if (acting == null || lost || leaseEnds - System.nanoTime() >= margin) {
            return false;
        }
        lost = true;
        acting.interrupt();
        return true;
    }

    /** Somebody asks for its end: look before taking the next step. */
    synchronized void disturb() {
        disturbed = true;
    }

    synchronized boolean wasDisturbed() {
        boolean was = disturbed;
        disturbed = false;
        return was;
    }

    /** Whether people have not been told this yet. */
    synchronized boolean news(String nowDoing, Measure nowMeasure) {
        boolean same = Objects.equals(doing, nowDoing) && Objects.equals(measure, nowMeasure);
        doing = nowDoing;
        measure = nowMeasure;
        return !same;
    }
}
