package io.howdah.server;

import io.howdah.access.Permission;
import io.howdah.operation.Operations;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The transactions of the product's own housekeeping of servers. */
@Stateless
public class Reconciliation {

    private static final Logger LOG = Logger.getLogger(Reconciliation.class.getName());

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Operations operations;

    @Inject
    private StartServer startServer;

    @Inject
    private StopServer stopServer;

    @Inject
    private PurgeServer purgeServer;

    @Inject
    private Clock clock;

    /** Servers that no operation works on and whose creation was a success. */
    public List<UUID> idle() {
        return entities.createQuery(
                        "select s from Server s where not (s.state = :disabled and s.deletedAt is null)", Server.class)
                .setParameter("disabled", ServerState.DISABLED)
                .getResultStream()
                .map(server -> server.id)
                .filter(id -> !operations.open(id))
                .toList();
    }

    /** Starts or stops the server in the product's own name, unless somebody was faster or it has just failed. */
    public void begin(UUID id, boolean run, Instant noFailureSince) {
        Server server = entities.find(Server.class, id, LockModeType.PESSIMISTIC_WRITE);
        String kind = run ? startServer.kind() : stopServer.kind();
        if (server == null || operations.open(id)) {
            return;
        }
        Instant failed = operations.lastFailure(id, kind);
        if (failed != null && failed.isAfter(noFailureSince)) {
            return;
        }
        LOG.log(Level.INFO, "server {0} is not as wished: {1}", new Object[] {server.name, kind});
        if (run) {
            operations.start(
                    startServer,
                    server.subject(),
                    new StartServer.Request(),
                    Operations.itself(),
                    Permission.SERVERS_START);
        } else {
            operations.start(
                    stopServer,
                    server.subject(),
                    new StopServer.Request(),
                    Operations.itself(),
                    Permission.SERVERS_STOP);
        }
    }

    /** Begins to remove the deleted servers whose grace time is over; says how many. */
    public int purgeExpired() {
        List<Server> expired = entities.createQuery(
                        "select s from Server s where s.keptUntil < :now and s.deletedAt is not null", Server.class)
                .setParameter("now", clock.instant())
                .getResultList();
        int begun = 0;
        for (Server server : expired) {
            if (!operations.open(server.id)) {
                operations.start(
                        purgeServer,
                        server.subject(),
                        new PurgeServer.Request(false),
                        Operations.itself(),
                        Permission.SERVERS_PURGE);
                begun++;
            }
        }
        return begun;
    }
}
