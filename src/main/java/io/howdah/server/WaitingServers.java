package io.howdah.server;

import io.howdah.access.Access;
import io.howdah.access.Caller;
import io.howdah.access.Callers;
import io.howdah.access.Permission;
import io.howdah.access.Projects;
import io.howdah.access.Scope;
import io.howdah.shared.Ids;
import io.howdah.shared.Messages;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The servers that wait in line to be made, and whose turn it is. */
@Dependent
class WaitingServers implements WaitingForRoom {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Admission admission;

    @Inject
    private Access access;

    @Inject
    private Projects projects;

    @Inject
    private Clock clock;

    @Override
    public List<Wanted> line() {
        return entities.createQuery("""
                        select w, s from WaitingServer w join Server s on s.id = w.serverId
                        where w.inLine = true and s.deletedAt is null""", Object[].class)
                .getResultStream()
                .map(row -> {
                    WaitingServer waiting = (WaitingServer) row[0];
                    return new Wanted(waiting.serverId, ((Server) row[1]).sizeCode, waiting.since);
                })
                .toList();
    }

    void join(Server server, Caller caller) {
        WaitingServer waiting = new WaitingServer();
        waiting.serverId = server.id;
        waiting.personId = caller.personId();
        waiting.askedBy = caller.name();
        waiting.join(clock.instant());
        entities.persist(waiting);
    }

    void leave(UUID serverId) {
        WaitingServer waiting = entities.find(WaitingServer.class, serverId);
        if (waiting != null) {
            waiting.inLine = false;
        }
    }

    /**
     * Gives the server its share if there is room now, beside those who have waited longer. Whether it may be made at all is
     * asked again by then. Servers are locked by the caller.
     */
    Optional<Turn> turn(Server server) {
        WaitingServer waiting = entities.find(WaitingServer.class, server.id);
        if (waiting == null) {
            return Optional.empty();
        }
        if (!waiting.inLine) {
            waiting.join(clock.instant());
        }
        Optional<Problem> forbidden = forbidden(server, waiting);
        if (forbidden.isPresent()) {
            return forbidden.map(problem -> new Turn(problem, true));
        }
        Optional<Problem> lacking = admission.checkRoom(server.id, server.sizeCode, server.storageGib);
        if (lacking.isEmpty()) {
            entities.remove(waiting);
            server.note = null;
            return Optional.empty();
        }
        Problem problem = lacking.get();
        server.note = Messages.text("server.waiting.note", problem.message());
        return Optional.of(
                new Turn(problem, !problem.lacksRoom() || clock.instant().isAfter(waiting.until)));
    }

    private Optional<Problem> forbidden(Server server, WaitingServer waiting) {
        if (projects.of(server.teamId, server.projectId).isEmpty()) {
            return Optional.of(Problem.of(ProblemCode.NotFound, "project", String.valueOf(server.projectId)));
        }
        Optional<Problem> version = admission.checkVersion(server.majorVersion);
        if (version.isPresent()) {
            return version;
        }
        Caller asked = new Caller(waiting.personId, waiting.askedBy, null, Ids.correlation());
        Scope scope = Scope.project(server.teamId, server.projectId);
        return Callers.as(asked, () -> access.may(Permission.SERVERS_CREATE, scope))
                ? Optional.empty()
                : Optional.of(Problem.of(
                        ProblemCode.AccessDenied,
                        Permission.SERVERS_CREATE.action(),
                        projects.names().getOrDefault(server.projectId, server.name)));
    }
}
