package io.howdah.server;

import io.howdah.engine.Endpoints;
import io.howdah.engine.Observation;
import io.howdah.server.Server.Wish;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;

/** {@link ServerRecords} in the metadata database. */
@ApplicationScoped
@Transactional(Transactional.TxType.REQUIRES_NEW)
class ServerTable implements ServerRecords {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Clock clock;

    @Inject
    private Event<ServerChanged> changes;

    @Override
    public boolean exists(UUID id) {
        return entities.find(Server.class, id) != null;
    }

    @Override
    public boolean deleted(UUID id) {
        Server server = entities.find(Server.class, id);
        return server != null && server.deletedAt != null;
    }

    @Override
    public Wish wish(UUID id) {
        Server server = entities.find(Server.class, id);
        return server == null ? Wish.STOPPED : server.wished;
    }

    @Override
    public void wish(UUID id, Wish wish) {
        change(id, server -> server.wished = wish);
    }

    @Override
    public void state(UUID id, ServerState state, String note) {
        change(id, server -> {
            server.state = state;
            server.note = note;
        });
    }

    @Override
    public void observed(UUID id, Observation seen) {
        Server known = entities.find(Server.class, id);
        if (known == null || same(known, seen)) {
            return;
        }
        change(id, server -> {
            server.state = stateOf(server, seen);
            server.note = seen.note();
            server.startedAt = seen.startedAt();
            server.observedAt = clock.instant();
            if (seen.version() != null) {
                server.fullVersion = seen.version();
            }
            Endpoints endpoints = seen.endpoints();
            if (endpoints != null) {
                server.host = endpoints.host();
                server.pooledPort = endpoints.pooledPort();
                server.directPort = endpoints.directPort();
            }
        });
    }

    private static boolean same(Server server, Observation seen) {
        return server.state == stateOf(server, seen)
                && Objects.equals(server.note, seen.note())
                && Objects.equals(server.startedAt, seen.startedAt())
                && (seen.endpoints() == null || seen.endpoints().equals(server.endpoints()))
                && (seen.version() == null || seen.version().equals(server.fullVersion));
    }

    private static ServerState stateOf(Server server, Observation seen) {
        if (server.deletedAt != null) {
            return ServerState.DISABLED;
        }
        return switch (seen.state()) {
            case RUNNING -> ServerState.READY;
            case UNSTEADY -> ServerState.INACCESSIBLE;
            case STOPPED -> server.wished == Wish.STOPPED ? ServerState.STOPPED : ServerState.INACCESSIBLE;
            case ABSENT -> ServerState.DISABLED;
        };
    }

    @Override
    public void deletion(UUID id, Instant at, Instant keptUntil) {
        change(id, server -> {
            server.deletedAt = at;
            server.keptUntil = keptUntil;
        });
    }

    @Override
    public void forget(UUID id) {
        Server server = entities.find(Server.class, id, LockModeType.PESSIMISTIC_WRITE);
        if (server != null) {
            entities.remove(server);
            changes.fire(new ServerChanged(id));
        }
    }

    private void change(UUID id, Consumer<Server> change) {
        Server server = entities.find(Server.class, id, LockModeType.PESSIMISTIC_WRITE);
        if (server != null) {
            change.accept(server);
            changes.fire(new ServerChanged(id));
        }
    }
}
