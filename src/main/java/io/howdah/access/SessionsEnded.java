package io.howdah.access;

import java.util.Set;
import java.util.UUID;

/** Sessions that were ended; what is open of them closes. */
public record SessionsEnded(Set<UUID> sessions) {

    public SessionsEnded {
        sessions = Set.copyOf(sessions);
    }
}
