package io.howdah.schedule;

/** What becomes of runs whose time passed while nothing could run them. */
public enum Misfire {
    /** They are left out, and put on record as missed. */
    SKIP,
    /** The schedule runs once for all of them, as soon as possible. */
    CATCH_UP
}
