package io.howdah.server;

import io.howdah.engine.Engine;
import io.howdah.engine.ServerKey;
import io.howdah.operation.Nodes;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** Makes the servers that lie on this node's host its own, should nobody have said yet whose they are. */
@Singleton
@Startup
@DependsOn("Migrations")
public class AdoptServers {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Engine engine;

    @Inject
    private Nodes nodes;

    @PostConstruct
    void adopt() {
        if (!engine.capabilities().shared()) {
            engine.servers().stream().map(ServerKey::id).forEach(id -> entities.createQuery(
                            "update Server s set s.node = :node where s.id = :id and s.node is null")
                    .setParameter("node", nodes.home())
                    .setParameter("id", id)
                    .executeUpdate());
        }
    }
}
