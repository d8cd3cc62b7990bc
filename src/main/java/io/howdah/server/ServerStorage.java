package io.howdah.server;

import io.howdah.access.Caller;
import io.howdah.access.Permission;
import io.howdah.engine.Engine;
import io.howdah.engine.StorageUse;
import io.howdah.operation.Operations;
import io.howdah.shared.Problem;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The storage of servers, for the feature that changes it: it has asked whoever wants something for permission. */
@Dependent
public class ServerStorage {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Engine engine;

    @Inject
    private Admission admission;

    @Inject
    private Quotas quotas;

    @Inject
    private Operations operations;

    @Inject
    private GrowStorage growStorage;

    @Inject
    private Event<ServerChanged> changes;

    public Optional<StoredServer> find(UUID serverId) {
        return serverId == null
                ? Optional.empty()
                : Optional.ofNullable(entities.find(Server.class, serverId)).map(Server::stored);
    }

    /** As {@link #find}, and holds the server's row until the transaction ends. */
    public Optional<StoredServer> hold(UUID serverId) {
        return serverId == null
                ? Optional.empty()
                : Optional.ofNullable(entities.find(Server.class, serverId, LockModeType.PESSIMISTIC_WRITE))
                        .map(Server::stored);
    }

    /** What was seen of it last. */
    public Optional<StorageSeen> seen(UUID serverId) {
        return Optional.ofNullable(entities.find(StorageEntry.class, serverId)).map(StorageEntry::seen);
    }

    /** The live servers of which people have been told that they fill up, or that are read-only. */
    public List<FillingServer> filling() {
        return entities.createQuery(
                        "select s.name, s.teamId, e from Server s join StorageEntry e on e.serverId = s.id"
                                + " where s.deletedAt is null and (e.fillingTold = true or e.readOnlySince is not null)"
                                + " order by lower(s.name), s.id",
                        Object[].class)
                .getResultStream()
                .map(row -> {
                    StorageSeen seen = ((StorageEntry) row[2]).seen();
                    return new FillingServer(
                            ((StorageEntry) row[2]).serverId,
                            (String) row[0],
                            (UUID) row[1],
                            seen.usedPercent(),
                            seen.readOnlySince() != null);
                })
                .toList();
    }

    public Autogrow autogrow(UUID serverId) {
        return Optional.ofNullable(entities.find(StorageEntry.class, serverId))
                .map(StorageEntry::autogrow)
                .orElseGet(() -> Autogrow.offeredTo(entities.find(Server.class, serverId).storageGib));
    }

    /** The newest first. */
    public List<StorageChangeView> changes(UUID serverId, int limit) {
        return entities.createQuery(
                        "select c from StorageChange c where c.serverId = :server order by c.at desc",
                        StorageChange.class)
                .setParameter("server", serverId)
                .setMaxResults(limit)
                .getResultStream()
                .map(StorageChange::view)
                .toList();
    }

    /** @throws io.howdah.shared.ProblemException when the engine can't look at the server */
    public StorageUse use(UUID serverId) {
        return engine.storageUse(entities.find(Server.class, serverId).key());
    }

    /** What keeps the server from having so much storage now. */
    public Optional<Problem> check(UUID serverId, int storageGib) {
        Server server = entities.find(Server.class, serverId);
        return admission.checkStorage(server, storageGib, quotas.standing(server.teamId));
    }

    /**
     * Puts the growth into the server's line.
     *
     * @return the operation's id
     * @throws io.howdah.shared.ProblemException ServerLocked, ServerBeingDeleted, ServerNotReady, StorageOutOfRange,
     *     StorageOnlyGrows, NoRoomForStorage, QuotaExceeded
     */
    public UUID grow(UUID serverId, int storageGib, Caller caller) {
        Server server = changing(serverId);
        admission.checkStorage(server, storageGib, quotas.hold(server.teamId)).ifPresent(problem -> {
            throw problem.raise();
        });
        GrowStorage.Request request = new GrowStorage.Request(server.stored().wishedGib(), storageGib);
        UUID operation = operations.start(growStorage, server.subject(), request, caller, Permission.SERVERS_SCALE);
        server.wishedStorageGib = storageGib;
        changes.fire(new ServerChanged(serverId));
        return operation;
    }

    /** @throws io.howdah.shared.ProblemException ServerLocked, ServerBeingDeleted, ServerNotReady, AutogrowInvalid */
    public void use(UUID serverId, Autogrow rule) {
        Server server = changing(serverId);
        rule.check(server.stored().wishedGib()).ifPresent(problem -> {
            throw problem.raise();
        });
        StorageEntry entry = entities.find(StorageEntry.class, serverId, LockModeType.PESSIMISTIC_WRITE);
        if (entry == null) {
            entry = StorageEntry.of(server);
            entities.persist(entry);
        }
        entry.use(rule);
        changes.fire(new ServerChanged(serverId));
    }

    private Server changing(UUID serverId) {
        Server server = entities.find(Server.class, serverId, LockModeType.PESSIMISTIC_WRITE);
        Requirements.requireUnlocked(server, LockKind.READ_ONLY);
        Requirements.requireNotDeleted(server);
        Requirements.requireCreated(server);
        return server;
    }
}
