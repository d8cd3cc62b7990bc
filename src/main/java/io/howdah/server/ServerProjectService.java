package io.howdah.server;

import io.howdah.access.Access;
import io.howdah.access.Permission;
import io.howdah.access.Projects;
import io.howdah.access.Scope;
import io.howdah.access.Target;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** In which project a server lies. */
@Stateless
public class ServerProjectService {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Access access;

    @Inject
    private Projects projects;

    @Inject
    private Locks locks;

    @Inject
    private Event<ServerChanged> changes;

    /**
     * Puts a server into another project of its team; that project's roles hold for it from now on. Needs the permission
     * at both sides.
     *
     * @throws io.howdah.shared.ProblemException NotFound, also for a project of another team; ServerLocked
     */
    public void move(UUID serverId, UUID projectId) {
        Server server = find(serverId);
        UUID project = Optional.ofNullable(projectId)
                .flatMap(id -> projects.of(server.teamId, id))
                .orElseThrow(() -> Problem.of(ProblemCode.NotFound, "project", String.valueOf(projectId))
                        .raise());
        Map<UUID, String> names = projects.names();
        access.permit(
                Permission.SERVERS_MOVE,
                Scope.project(server.teamId, project),
                new Target("project", project, names.get(project)));
        access.change(
                Permission.SERVERS_MOVE,
                Scope.server(server.teamId, server.id),
                new Target("server", server.id, server.name),
                Map.of("before", String.valueOf(names.get(server.projectId)), "after", names.get(project)));
        Requirements.requireUnlocked(server, LockKind.READ_ONLY);
        locks.requireChangeable(Scope.project(server.teamId, project), names.get(project));
        server.projectId = project;
        changes.fire(new ServerChanged(serverId));
    }

    /** The row is held until the transaction ends, so that two wishes at one instant come one after the other. */
    private Server find(UUID id) {
        Server server = id == null ? null : entities.find(Server.class, id, LockModeType.PESSIMISTIC_WRITE);
        if (server == null
                || !access.sees(
                        Permission.SERVERS_READ,
                        Scope.server(server.teamId, server.id),
                        new Target("server", server.id, server.name))) {
            throw Problem.of(ProblemCode.NotFound, "server", String.valueOf(id)).raise();
        }
        return server;
    }
}
