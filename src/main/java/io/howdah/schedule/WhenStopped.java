package io.howdah.schedule;

/** What becomes of a run that needs a running server while it is stopped. */
public enum WhenStopped {
    /** The run is left out. */
    SKIP,
    /** The server is started, and stays so. */
    START_FIRST,
    /** The server is started, and stopped again once the run has ended, well or not. */
    START_AND_STOP_AFTER
}
