package io.howdah.server;

import io.howdah.access.Access;
import io.howdah.access.Permission;
import io.howdah.access.Projects;
import io.howdah.access.Reach;
import io.howdah.access.Scope;
import io.howdah.access.Target;
import io.howdah.access.Teams;
import io.howdah.server.Server.Wish;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The health of servers: how they are beside how they are wished to be, and what happened to them unasked. */
@Stateless
public class HealthService {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Access access;

    @Inject
    private Teams teams;

    @Inject
    private Projects projects;

    @Inject
    private Clock clock;

    /**
     * The health of one server.
     *
     * @param limit how many incidents at most
     * @throws io.howdah.shared.ProblemException NotFound
     */
    public HealthView health(UUID serverId, int limit) {
        Server server = serverId == null ? null : entities.find(Server.class, serverId);
        if (server == null
                || !access.sees(
                        Permission.SERVERS_READ,
                        Scope.server(server.teamId, server.id),
                        new Target("server", server.id, server.name))) {
            throw Problem.of(ProblemCode.NotFound, "server", String.valueOf(serverId))
                    .raise();
        }
        return new HealthView(
                server.deletedAt == null && server.wished == Wish.RUNNING,
                server.state,
                server.note,
                server.degradedSince,
                nextTry(server),
                entities.createQuery(
                                "select i from Incident i where i.serverId = :server order by i.id desc",
                                Incident.class)
                        .setParameter("server", serverId)
                        .setMaxResults(limit)
                        .getResultStream()
                        .map(Incident::view)
                        .toList());
    }

    /**
     * The live servers that need somebody: they do not run as wished, were not made whole, or keep ending.
     *
     * @param teamId only that team's, or null for all that the caller may see
     */
    public List<ServerView> troubled(UUID teamId, int limit) {
        Reach reach = access.reach(Permission.SERVERS_READ);
        Map<UUID, String> names = teams.names();
        Map<UUID, String> projectNames = projects.names();
        return entities.createQuery("""
                        select s from Server s
                        where s.deletedAt is null and (s.state in :states or s.degradedSince is not null)
                        order by lower(s.name), s.id""", Server.class)
                .setParameter("states", List.of(ServerState.INACCESSIBLE, ServerState.DISABLED))
                .getResultStream()
                .filter(server ->
                        reach.includes(server.teamId, server.id) && (teamId == null || teamId.equals(server.teamId)))
                .limit(limit)
                .map(server -> server.view(names.get(server.teamId), projectNames.get(server.projectId)))
                .toList();
    }

    private Instant nextTry(Server server) {
        if (server.degradedSince == null || server.state == ServerState.READY) {
            return null;
        }
        List<Instant> restarts =
                Incident.restarts(entities, server.id, clock.instant().minus(Flapping.WINDOW));
        return Flapping.nextTry(restarts, server.degradedSince);
    }
}
