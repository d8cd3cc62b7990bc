package io.howdah.server;

import io.howdah.operation.Subject;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The servers there are, for features that look after all of them. Whoever shows any of it asks for permission itself. */
@ApplicationScoped
public class ServerRegister {

    @PersistenceContext
    private EntityManager entities;

    /** Deleted ones included, until they are removed for good. */
    public List<ServerFacts> all() {
        return entities.createQuery("select s from Server s", Server.class)
                .getResultStream()
                .map(ServerFacts::of)
                .toList();
    }

    public Optional<ServerFacts> find(UUID id) {
        return Optional.ofNullable(entities.find(Server.class, id)).map(ServerFacts::of);
    }

    /** Its row is held until the transaction ends, so that two wishes at one instant come one after the other. */
    public Optional<ServerFacts> lock(UUID id) {
        return Optional.ofNullable(entities.find(Server.class, id, LockModeType.PESSIMISTIC_WRITE))
                .map(ServerFacts::of);
    }

    /** @throws io.howdah.shared.ProblemException when it neither runs nor will when what was asked before is done */
    public Subject requireRunning(UUID id) {
        Server server = entities.find(Server.class, id);
        Requirements.requireRunning(server);
        return server.subject();
    }
}
