package io.howdah.backup;

import io.howdah.engine.BackupKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A backup that should be taken now. What was missed while the portal or the server was down is due until it is taken, once
 * however often it was missed.
 */
record Due(BackupKind kind, Origin origin) {

    /**
     * What is there already.
     *
     * @param newest when the newest backup began, or null when there is none
     * @param newestFull when the newest full one began, or null
     * @param fullWantedSince since when a restored server waits for a full one, or null
     */
    record Taken(Instant newest, Instant newestFull, Instant fullWantedSince) {

        boolean wantsFull() {
            return fullWantedSince != null && (newestFull == null || newestFull.isBefore(fullWantedSince));
        }
    }

    /** @param policySince since when the policy is as it is: a slot before that was none */
    static Optional<Due> of(Policy policy, Instant policySince, Taken taken, Instant now) {
        if (taken.wantsFull()) {
            return Optional.of(new Due(BackupKind.FULL, Origin.AFTER_RESTORE));
        }
        if (taken.newestFull() == null) {
            return Optional.of(new Due(BackupKind.FULL, Origin.FIRST));
        }
        if (missed(policy.lastFullSlot(now), policySince, taken.newestFull(), Duration.ofDays(7), now)) {
            return Optional.of(new Due(BackupKind.FULL, Origin.SCHEDULED));
        }
        return missed(policy.lastSlot(now), policySince, taken.newest(), Duration.ofDays(1), now)
                ? Optional.of(new Due(policy.dailyKind(), Origin.SCHEDULED))
                : Optional.empty();
    }

    /** A changed policy does not make yesterday's backup too early; but none may be older than the time between two. */
    private static boolean missed(Instant slot, Instant policySince, Instant newest, Duration every, Instant now) {
        boolean counts = !slot.isBefore(policySince) || newest.isBefore(now.minus(every));
        return counts && newest.isBefore(slot);
    }
}
