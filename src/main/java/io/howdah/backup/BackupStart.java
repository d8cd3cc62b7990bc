package io.howdah.backup;

import io.howdah.access.Caller;
import io.howdah.access.Permission;
import io.howdah.operation.Operations;
import io.howdah.operation.Subject;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/** Puts a backup in its server's line, in the running transaction: never a second one while one is under way. */
@Dependent
class BackupStart {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Operations operations;

    @Inject
    private BackUpServer backUpServer;

    @Inject
    private Clock clock;

    /** @return the operation's id, or empty when one is under way */
    Optional<UUID> begin(Subject server, Due due, OnDemand wanted, Caller caller) {
        // Held until the transaction ends, so that two wishes at one instant come one after the other.
        entities.find(RecoveryState.class, server.id(), LockModeType.PESSIMISTIC_WRITE);
        if (underWay(server.id())) {
            return Optional.empty();
        }
        BackupEntry entry = new BackupEntry();
        entry.serverId = server.id();
        entry.kind = due.kind();
        entry.origin = due.origin();
        entry.requestedBy = caller.name();
        entry.askedAt = clock.instant();
        if (wanted != null) {
            entry.name = wanted.name();
            entry.note = wanted.note();
            entry.keepUntil = wanted.keepUntil();
        }
        entry.id = operations.start(
                backUpServer,
                server,
                new BackUpServer.Request(due.kind(), entry.notes(server.name())),
                caller,
                Permission.BACKUPS_TAKE);
        entities.persist(entry);
        entities.flush();
        return Optional.of(entry.id);
    }

    boolean underWay(UUID serverId) {
        return entities.createQuery(
                                "select count(b) from BackupEntry b where b.serverId = :server and b.label is null",
                                Long.class)
                        .setParameter("server", serverId)
                        .getSingleResult()
                > 0;
    }
}
