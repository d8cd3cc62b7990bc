package io.howdah.schedule;

/** How a run stands or ended. */
public enum RunResult {
    RUNNING,
    SUCCEEDED,
    FAILED,
    /** There was nothing to do, or it was not allowed at that time; the reason says which. */
    SKIPPED,
    /** Its time passed while nothing could run it. */
    MISSED
}
