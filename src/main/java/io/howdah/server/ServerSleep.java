package io.howdah.server;

import io.howdah.access.Caller;
import io.howdah.access.Permission;
import io.howdah.access.Recorder;
import io.howdah.access.Scope;
import io.howdah.access.Target;
import io.howdah.operation.Operations;
import io.howdah.server.Server.Wish;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Putting servers to sleep and waking them, in the product's own name, for the feature that decides when. */
@Dependent
public class ServerSleep {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Operations operations;

    @Inject
    private SleepServer sleepServer;

    @Inject
    private StartServer startServer;

    @Inject
    private Recorder recorder;

    /** The servers on the node's host that are asleep, as far as is known. */
    public List<UUID> asleep(String home) {
        return entities.createQuery("""
                        select s.id from Server s where s.state = :stopped and s.note is not null and s.wished = :running
                          and s.settledWish = :running and s.deletedAt is null
                          and (s.node = :home or s.node is null)""", UUID.class)
                .setParameter("stopped", ServerState.STOPPED)
                .setParameter("running", Wish.RUNNING)
                .setParameter("home", home)
                .getResultList();
    }

    /** Nothing is begun when it does not run, or something works on it. */
    public Optional<UUID> sleep(UUID serverId, Map<String, String> why) {
        return idle(serverId)
                .filter(server -> server.state == ServerState.READY)
                .map(server -> {
                    Caller itself = recorded(server, Permission.SERVERS_STOP, why);
                    return operations.start(
                            sleepServer, server.subject(), new SleepServer.Request(), itself, Permission.SERVERS_STOP);
                });
    }

    /** Nothing is begun when it is awake, or something works on it. */
    public Optional<UUID> wake(UUID serverId, Map<String, String> why) {
        return idle(serverId).filter(Server::asleep).map(server -> {
            Caller itself = recorded(server, Permission.SERVERS_START, why);
            return operations.start(
                    startServer, server.subject(), new StartServer.Request(), itself, Permission.SERVERS_START);
        });
    }

    private Optional<Server> idle(UUID serverId) {
        return Optional.ofNullable(entities.find(Server.class, serverId, LockModeType.PESSIMISTIC_WRITE))
                .filter(server -> server.deletedAt == null && server.wished == Wish.RUNNING)
                .filter(server -> !operations.changing(serverId));
    }

    private Caller recorded(Server server, Permission permission, Map<String, String> why) {
        Caller itself = Operations.itself();
        recorder.accepted(
                itself,
                permission,
                Scope.server(server.teamId, server.id),
                new Target("server", server.id, server.name),
                why);
        return itself;
    }
}
