package io.howdah.server;

import io.howdah.engine.RestoreTarget;
import java.time.Instant;

/** A {@link RestoreTarget} as an operation's request keeps it: a label, or an instant, or neither for all there is. */
record RestorePoint(String label, Instant instant, int timeline) {

    static RestorePoint of(RestoreTarget target) {
        return switch (target) {
            case RestoreTarget.Latest latest -> new RestorePoint(null, null, latest.timeline());
            case RestoreTarget.At at -> new RestorePoint(null, at.instant(), at.timeline());
            case RestoreTarget.Backup backup -> new RestorePoint(backup.label(), null, 0);
        };
    }

    RestoreTarget target() {
        if (label != null) {
            return new RestoreTarget.Backup(label);
        }
        return instant == null ? new RestoreTarget.Latest(timeline) : new RestoreTarget.At(instant, timeline);
    }
}
