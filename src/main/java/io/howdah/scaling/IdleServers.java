package io.howdah.scaling;

import io.howdah.engine.ClientInfo;
import io.howdah.server.ServerRegister;
import io.howdah.server.ServerSleep;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The transactions in which servers that nobody uses go to sleep, and wake for who connects. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class IdleServers {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private ServerRegister servers;

    @Inject
    private ServerSleep sleep;

    @Inject
    private Clock clock;

    /** Those on the node's host that run and may go to sleep. */
    public List<UUID> awake(String home) {
        return entities.createQuery("select i.serverId from IdleStop i", UUID.class)
                .getResultStream()
                .filter(id -> servers.find(id)
                        .filter(server -> server.runs()
                                && (server.node() == null || server.node().equals(home)))
                        .isPresent())
                .toList();
    }

    public List<UUID> asleep(String home) {
        return sleep.asleep(home);
    }

    /**
     * Takes note of who is connected, and sends the server to sleep when nobody was for as long as was chosen.
     *
     * @return whether it goes to sleep
     */
    public boolean saw(UUID serverId, List<ClientInfo> clients) {
        // The server's row before all others, as everywhere.
        boolean there = servers.lock(serverId).isPresent();
        IdleStop kept = entities.find(IdleStop.class, serverId, LockModeType.PESSIMISTIC_WRITE);
        if (!there || kept == null) {
            return false;
        }
        Instant now = clock.instant();
        if (counting(kept, clients).isPresent()) {
            kept.idleSince = null;
            return false;
        }
        if (kept.idleSince == null) {
            kept.idleSince = now;
            return false;
        }
        boolean due = !kept.idleSince.plus(Duration.ofMinutes(kept.minutes)).isAfter(now);
        if (!due) {
            return false;
        }
        kept.idleSince = null;
        // Before what is recorded, since all other changes wait for that.
        entities.flush();
        return sleep.sleep(serverId, Map.of("idleMinutes", Integer.toString(kept.minutes)))
                .isPresent();
    }

    /** Wakes the server if one of those who wait counts. */
    public boolean knocked(UUID serverId, List<ClientInfo> clients) {
        IdleStop kept = entities.find(IdleStop.class, serverId);
        return counting(kept, clients)
                .flatMap(client ->
                        sleep.wake(serverId, Map.of("address", client.address(), "application", client.application())))
                .isPresent();
    }

    private static Optional<ClientInfo> counting(IdleStop kept, List<ClientInfo> clients) {
        return clients.stream()
                .filter(client -> kept == null || !kept.ignoredNames().contains(client.application()))
                .findFirst();
    }
}
