package io.howdah.scaling;

/** What a planned change of size waits for. */
public enum WaitsFor {
    /** A time that somebody chose. */
    TIME,
    /** The server's next maintenance window. */
    WINDOW,
    /** The end of a transaction that keeps PostgreSQL from being restarted. */
    TRANSACTION,
    /** Memory or vCores that are promised to others now. */
    ROOM
}
