package io.howdah.operation;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Takes back what gives way, once the wish for the subject is written down: in a transaction of its own, since operations are
 * locked before the audit log everywhere. Should it not come to that, the wish waits for its turn.
 */
@ApplicationScoped
class MakeRoom {

    private static final Logger LOG = Logger.getLogger(MakeRoom.class.getName());

    @Resource
    private ManagedExecutorService executor;

    @Inject
    private Operations operations;

    void wanted(@Observes(during = TransactionPhase.AFTER_SUCCESS) Operations.RoomWanted wanted) {
        try {
            executor.execute(() -> makeRoom(wanted.subjectId()));
        } catch (RejectedExecutionException e) {
            LOG.log(Level.FINE, "the container is shutting down; the wish waits for its turn", e);
        }
    }

    private void makeRoom(UUID subjectId) {
        try {
            operations.makeRoom(subjectId);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "nothing could be taken back on " + subjectId, e);
        }
    }
}
