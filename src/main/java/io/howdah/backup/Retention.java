package io.howdah.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * What of a repository must stay.
 *
 * @param window any instant from here on must stay restorable
 * @param kept labels of backups that stay whatever their age
 */
record Retention(Instant window, Set<String> kept) {

    /** A backup as retention sees it. */
    record Held(String label, Origin origin, Instant keepUntil) {}

    /** A restore that is under way: what it reads must not go from under it. */
    record Reading(Instant target, String label) {}

    static Retention of(int days, Collection<Held> backups, Collection<Reading> restores, Instant now) {
        Instant window = now.minus(Duration.ofDays(days));
        Set<String> kept = new TreeSet<>();
        for (Held backup : backups) {
            boolean chosen = backup.origin() == Origin.ON_DEMAND && backup.keepUntil() != null;
            if (chosen && backup.keepUntil().isAfter(now)) {
                kept.add(backup.label());
            }
        }
        for (Reading restore : restores) {
            if (restore.target() != null && restore.target().isBefore(window)) {
                window = restore.target();
            }
            if (restore.label() != null) {
                kept.add(restore.label());
            }
        }
        return new Retention(window, kept);
    }

    /**
     * Whether nothing of a repository whose server is gone is needed any more.
     *
     * @param last the last instant that can be restored, or null when none is known
     * @param gone when the server went
     */
    boolean over(Instant last, Instant gone) {
        return kept.isEmpty() && (last == null ? gone : last).isBefore(window);
    }
}
