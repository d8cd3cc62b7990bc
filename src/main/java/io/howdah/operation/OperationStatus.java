package io.howdah.operation;

/** Where an operation stands. */
public enum OperationStatus {
    /** Waits in line behind another operation on the same subject, or for a free runner. */
    QUEUED,
    RUNNING,
    SUCCEEDED,
    FAILED;

    public boolean ended() {
        return this == SUCCEEDED || this == FAILED;
    }
}
