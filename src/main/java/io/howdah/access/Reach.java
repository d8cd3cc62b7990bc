package io.howdah.access;

import java.util.Set;
import java.util.UUID;

/**
 * Where a caller holds a permission.
 *
 * @param everywhere in the whole installation
 * @param teams else, in all of these teams
 * @param projects and in these projects of others
 * @param servers and at these servers of others, those of the projects included
 */
public record Reach(boolean everywhere, Set<UUID> teams, Set<UUID> projects, Set<UUID> servers) {

    static final Reach EVERYWHERE = new Reach(true, Set.of(), Set.of(), Set.of());
    static final Reach NOWHERE = new Reach(false, Set.of(), Set.of(), Set.of());

    private static final UUID NONE = new UUID(0, 0);

    public boolean includes(Scope scope) {
        return everywhere
                || has(teams, scope.teamId())
                || has(projects, scope.projectId())
                || has(servers, scope.serverId());
    }

    private static boolean has(Set<UUID> places, UUID place) {
        return place != null && places.contains(place);
    }

    /** Whether it includes the server, which lies in the team. */
    public boolean includes(UUID teamId, UUID serverId) {
        return includes(Scope.server(teamId, serverId));
    }

    public boolean nowhere() {
        return !everywhere && teams.isEmpty() && projects.isEmpty() && servers.isEmpty();
    }

    /** For {@code in} conditions, which must not be empty. */
    public Set<UUID> teamsOrNone() {
        return teams.isEmpty() ? Set.of(NONE) : teams;
    }

    /** For {@code in} conditions, which must not be empty. */
    public Set<UUID> serversOrNone() {
        return servers.isEmpty() ? Set.of(NONE) : servers;
    }
}
