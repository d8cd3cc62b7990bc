package io.howdah.access;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
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

    /** No team has it. What belongs to no team is marked with the one of zeros here and there, and is not for everybody. */
    private static final UUID NONE = new UUID(-1, -1);

    /** @param places what lies in the projects among them stands there too */
    static Reach of(Collection<Scope> places) {
        Set<UUID> teams = new HashSet<>();
        Set<UUID> projects = new HashSet<>();
        Set<UUID> servers = new HashSet<>();
        for (Scope place : places) {
            if (place.isTeam()) {
                teams.add(place.teamId());
            }
            add(projects, place.projectId());
            add(servers, place.serverId());
        }
        return new Reach(places.contains(Scope.INSTALLATION), teams, projects, servers);
    }

    /**
     * Where both hold: the smaller of each two of which one lies in the other.
     *
     * @param some like {@code others}, with what lies in the projects among them
     */
    static List<Scope> common(Collection<Scope> some, Collection<Scope> others) {
        return some.stream()
                .flatMap(one -> others.stream().map(other -> smaller(one, other)))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    private static Scope smaller(Scope one, Scope other) {
        return contains(one, other) ? other : contains(other, one) ? one : null;
    }

    private static boolean contains(Scope outer, Scope inner) {
        return outer.isInstallation()
                || outer.equals(inner)
                || outer.isTeam() && outer.teamId().equals(inner.teamId());
    }

    private static void add(Set<UUID> ids, UUID id) {
        if (id != null) {
            ids.add(id);
        }
    }

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
