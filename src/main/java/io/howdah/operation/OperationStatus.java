package io.howdah.operation;

/** Where an operation stands. */
public enum OperationStatus {
    /** Waits in line behind another operation on the same subject, or for a free runner. */
    QUEUED,
    RUNNING,
    SUCCEEDED,
    FAILED,
    /** Somebody took it back; what it had done is undone. */
    CANCELLED;

    public boolean ended() {
        return this != QUEUED && this != RUNNING;
    }
}
