package io.howdah.server;

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
        if (known != null && !known.standing().known(seen)) {
            change(id, server -> server.see(seen, clock.instant()));
        }
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
