package io.howdah.server;

import io.howdah.access.EventKind;
import io.howdah.access.Notice;
import io.howdah.access.Notices;
import io.howdah.access.Permission;
import io.howdah.engine.Observation;
import io.howdah.operation.Operations;
import io.howdah.shared.Messages;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The transactions of the product's own housekeeping of servers. */
@Stateless
public class Reconciliation {

    private static final Logger LOG = Logger.getLogger(Reconciliation.class.getName());

    /** After a failure nobody is helped by trying again every ten seconds. */
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMinutes(2);

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
    private Event<ServerChanged> changes;

    @Inject
    private Notices notices;

    @Inject
    private Clock clock;

    /**
     * The fleet without the servers that an operation is changing, and those whose creation was no success.
     *
     * @param home the servers that lie on this node's host
     * @param shared whether those that lie on nobody's host are wanted too
     */
    public List<Standing> fleet(String home, boolean shared) {
        Set<UUID> busy = operations.changingSubjects();
        String within = shared ? "(s.node = :home or s.node is null)" : "s.node = :home";
        return entities.createQuery("""
                        select s.id, s.wished, s.state, s.note, s.fullVersion, s.startedAt, s.host, s.pooledPort,
                            s.directPort, s.deletedAt, s.degradedSince, s.settledWish, s.settledDeletedAt
                        from Server s where not (s.state = :disabled and s.deletedAt is null) and\s""" + within, Object[].class)
                .setParameter("disabled", ServerState.DISABLED)
                .setParameter("home", home)
                .getResultStream()
                .map(Standing::of)
                .filter(server -> !busy.contains(server.id()))
                .toList();
    }

    /**
     * Writes down what was seen of a server and begins, in the product's own name, what makes up the difference to its
     * wish; nothing if an operation has begun to change it meanwhile.
     *
     * @return whether anything was begun
     */
    public boolean saw(UUID id, Observation seen) {
        Server server = entities.find(Server.class, id, LockModeType.PESSIMISTIC_WRITE);
        if (server == null || operations.changing(id)) {
            return false;
        }
        Standing before = server.standing();
        server.see(seen, clock.instant());
        boolean sound = before.difference(seen) == Standing.Difference.NONE;
        if (before.restarted(seen)) {
            record(server, IncidentKind.RESTARTED, null, null);
        } else if (before.state() == ServerState.READY && !sound) {
            record(server, IncidentKind.DOWN, seen.note(), null);
        } else if (before.state() == ServerState.INACCESSIBLE && server.state == ServerState.READY) {
            record(server, IncidentKind.UP, null, null);
        }
        boolean begun =
                switch (before.difference(seen)) {
                    case NONE -> false;
                    case NOT_RUNNING -> start(server, seen.note());
                    case RUNNING_UNWANTED -> stop(server);
                };
        // Last, so that a start that has just begun counts.
        judge(server, sound);
        if (!before.equals(server.standing())) {
            changes.fire(new ServerChanged(id));
        }
        return begun;
    }

    private boolean start(Server server, String note) {
        boolean mayStart = server.degradedSince == null
                || !clock.instant().isBefore(Flapping.nextTry(restarts(server.id), server.degradedSince));
        if (!mayStart || failedLately(server.id, startServer.kind())) {
            return false;
        }
        UUID operation = operations.start(
                startServer,
                server.subject(),
                new StartServer.Request(),
                Operations.itself(),
                Permission.SERVERS_START);
        record(server, IncidentKind.STARTED, note, operation);
        return true;
    }

    private boolean stop(Server server) {
        if (failedLately(server.id, stopServer.kind())) {
            return false;
        }
        UUID operation = operations.start(
                stopServer, server.subject(), new StopServer.Request(), Operations.itself(), Permission.SERVERS_STOP);
        record(server, IncidentKind.STOPPED, null, operation);
        return true;
    }

    private boolean failedLately(UUID id, String kind) {
        Instant failed = operations.lastFailure(id, kind);
        return failed != null && failed.isAfter(clock.instant().minus(PAUSE_AFTER_FAILURE));
    }

    /** Whether the server has become degraded, or sound again. */
    private void judge(Server server, boolean asWished) {
        List<Instant> restarts = restarts(server.id);
        Instant now = clock.instant();
        if (server.degradedSince == null && Flapping.begins(restarts)) {
            server.degradedSince = now;
            tell(
                    server,
                    IncidentKind.DEGRADED,
                    EventKind.SERVER_DEGRADED,
                    Messages.text("server.health.degraded", Flapping.LIMIT, Flapping.WINDOW.toMinutes()));
        } else if (server.degradedSince != null && Flapping.ends(restarts, server.degradedSince, asWished, now)) {
            server.degradedSince = null;
            tell(
                    server,
                    IncidentKind.RECOVERED,
                    EventKind.SERVER_RECOVERED,
                    Messages.text("server.health.recovered", Flapping.WINDOW.toMinutes()));
        }
    }

    private void tell(Server server, IncidentKind incident, EventKind event, String note) {
        record(server, incident, note, null);
        notices.tell(new Notice(
                event,
                server.teamId,
                server.id,
                server.name,
                Messages.text("server.health.notice." + incident.name().toLowerCase(Locale.ROOT), server.name),
                note,
                "servers/" + server.name + "/health",
                null));
    }

    private List<Instant> restarts(UUID id) {
        return Incident.restarts(entities, id, clock.instant().minus(Flapping.WINDOW));
    }

    private void record(Server server, IncidentKind kind, String note, UUID operation) {
        Incident incident = new Incident();
        incident.serverId = server.id;
        incident.at = clock.instant();
        incident.kind = kind;
        incident.note = note;
        incident.operationId = operation;
        entities.persist(incident);
        LOG.log(Level.INFO, "server {0}: {1}{2}", new Object[] {server.name, kind, note == null ? "" : ": " + note});
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
