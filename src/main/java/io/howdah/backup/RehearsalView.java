package io.howdah.backup;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A rehearsal as people see it.
 *
 * @param id that of its operation
 * @param backupLabel the backup that was the newest
 * @param instant the instant that was restored besides everything
 * @param recoverySeconds from the begin of the restore until the server could be connected to, or null
 * @param recoveryPointSeconds how much of the newest changes would have been lost just then, or null
 * @param problem what is wrong, in a sentence, or null
 * @param hint what to do about it, or null
 */
public record RehearsalView(
        UUID id,
        State state,
        boolean byItself,
        String backupLabel,
        Instant instant,
        Instant askedAt,
        String requestedBy,
        Instant endedAt,
        Double recoverySeconds,
        Double recoveryPointSeconds,
        List<CheckResult> checks,
        String problem,
        String hint) {

    /** How it stands with a rehearsal. */
    public enum State {
        UNDER_WAY,
        PASSED,
        FAILED,
        /** There was no room for it; it is tried again another day. */
        DEFERRED
    }

    public boolean underWay() {
        return state == State.UNDER_WAY;
    }
}
