package io.howdah.backup;

import io.howdah.operation.Operations;
import io.howdah.server.ServerFacts;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.UUID;

/** Gives a server its policy and the row that says how far it can be restored, in the running transaction. */
@Dependent
class Enrolment {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Clock clock;

    RecoveryState enrol(ServerFacts server) {
        policy(server.id());
        RecoveryState state = entities.find(RecoveryState.class, server.id(), LockModeType.PESSIMISTIC_WRITE);
        if (state == null) {
            state = new RecoveryState();
            state.know(server);
            entities.persist(state);
        } else {
            state.know(server);
        }
        return state;
    }

    private void policy(UUID serverId) {
        if (entities.find(PolicyEntry.class, serverId) == null) {
            PolicyEntry entry = new PolicyEntry();
            entry.serverId = serverId;
            entry.set(
                    Policy.usual(serverId), clock.instant(), Operations.itself().name());
            entities.persist(entry);
        }
    }
}
