package io.howdah.access;

import java.util.Set;
import java.util.UUID;

/**
 * Where a caller holds a permission.
 *
 * @param everywhere in the whole installation
 * @param teams else, in these teams
 */
public record Reach(boolean everywhere, Set<UUID> teams) {

    private static final UUID NO_TEAM = new UUID(0, 0);

    public boolean includes(UUID teamId) {
        return everywhere || teams.contains(teamId);
    }

    public boolean nowhere() {
        return !everywhere && teams.isEmpty();
    }

    /** For {@code in} conditions, which must not be empty. */
    public Set<UUID> teamsOrNone() {
        return teams.isEmpty() ? Set.of(NO_TEAM) : teams;
    }
}
