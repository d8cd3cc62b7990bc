package io.howdah.approval;

/** What became of a request. */
public enum ApprovalState {
    OPEN,
    /** Somebody said yes, and it has not been done yet. */
    APPROVED,
    DONE,
    REFUSED,
    WITHDRAWN,
    EXPIRED,
    /** What it is about is no longer what was approved. */
    STALE,
    /** Whoever asked may not do it any more. */
    FAILED;

    /** Whether it may still be done. */
    public boolean waits() {
        return this == OPEN || this == APPROVED;
    }
}
