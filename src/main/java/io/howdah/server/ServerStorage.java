package io.howdah.server;

import io.howdah.access.Caller;
import io.howdah.access.Permission;
import io.howdah.engine.Engine;
import io.howdah.engine.StorageUse;
import io.howdah.operation.Operations;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
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
    private ShrinkStorage shrinkStorage;

    @Inject
    private ConfirmStorage confirmStorage;

    @Inject
    private ReturnStorage returnStorage;

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

    /** The smallest storage that it could be given, in GiB, as far as is known; empty when there is none smaller. */
    public OptionalInt least(UUID serverId) {
        Server server = entities.find(Server.class, serverId);
        int least = seen(serverId)
                .map(seen -> autogrow(serverId).least(seen.usedBytes()))
                .orElse(Integer.MAX_VALUE);
        return least < server.stored().wishedGib() ? OptionalInt.of(least) : OptionalInt.empty();
    }

    /**
     * What keeps the server from having only so much storage now: what was seen of it last must fit in it, with its margin,
     * and where it has a disk of its own, both disks on the place.
     */
    public Optional<Problem> checkLess(UUID serverId, int storageGib) {
        Server server = entities.find(Server.class, serverId);
        int has = server.stored().wishedGib();
        if (storageGib >= has) {
            return Optional.of(Problem.of(ProblemCode.StorageNotSmaller, server.name, has, storageGib)
                    .at("storageGib"));
        }
        StorageSeen seen = seen(serverId).orElse(null);
        return Rules.storage(storageGib)
                .or(() -> seen == null ? Optional.empty() : autogrow(serverId).fits(storageGib, seen.usedBytes()))
                .or(() -> seen != null && seen.hard() ? admission.checkDisk(storageGib) : Optional.empty())
                .map(problem -> problem.at("storageGib"));
    }

    /**
     * Puts the change to less storage into the server's line.
     *
     * @return the operation's id
     * @throws io.howdah.shared.ProblemException ServerLocked, ServerBeingDeleted, ServerNotReady, StorageOutOfRange,
     *     StorageNotSmaller, StorageTooSmall, StorageGrowsBack, NoRoomForStorage
     */
    public UUID shrink(UUID serverId, int storageGib, Caller caller) {
        Server server = changing(serverId);
        if (seen(serverId).map(StorageSeen::hard).orElse(true)) {
            Requirements.requireRunning(server);
        }
        checkLess(serverId, storageGib).ifPresent(problem -> {
            throw problem.raise();
        });
        ShrinkStorage.Request request =
                new ShrinkStorage.Request(server.stored().wishedGib(), storageGib);
        UUID operation = operations.start(shrinkStorage, server.subject(), request, caller, Permission.SERVERS_SCALE);
        server.wishedStorageGib = storageGib;
        changes.fire(new ServerChanged(serverId));
        return operation;
    }

    /** The newest change to less storage of which the storage before is kept. */
    public Optional<FormerStorage> former(UUID serverId) {
        boolean busy = operations
                .lastAsked(serverId, Set.of(ConfirmStorage.KIND, ReturnStorage.KIND))
                .isPresent();
        return entities.createQuery(
                        "select c from StorageChange c where c.serverId = :server and c.keptUntil is not null"
                                + " order by c.at desc",
                        StorageChange.class)
                .setParameter("server", serverId)
                .setMaxResults(1)
                .getResultStream()
                .findFirst()
                .map(change ->
                        new FormerStorage(change.operationId, change.gibBefore, change.at, change.keptUntil, busy));
    }

    /**
     * Removes the storage that is kept from before the newest change.
     *
     * @throws io.howdah.shared.ProblemException ServerLocked, ServerBeingDeleted, ServerNotReady, StorageNothingKept
     */
    public UUID confirm(UUID serverId, Caller caller) {
        Server server = changing(serverId);
        return operations.start(
                confirmStorage,
                server.subject(),
                new ConfirmStorage.Request(requireFormer(server).change()),
                caller,
                Permission.SERVERS_SCALE);
    }

    /**
     * Takes the storage that is kept from before the newest change into use again, as it was then.
     *
     * @throws io.howdah.shared.ProblemException ServerLocked, ServerBeingDeleted, ServerNotReady, StorageNothingKept
     */
    public UUID goBack(UUID serverId, Caller caller) {
        Server server = changing(serverId);
        FormerStorage former = requireFormer(server);
        UUID operation = operations.start(
                returnStorage,
                server.subject(),
                new ReturnStorage.Request(former.change(), former.storageGib()),
                caller,
                Permission.BACKUPS_RESTORE);
        server.wished = Server.Wish.RUNNING;
        server.wishedStorageGib = former.storageGib();
        changes.fire(new ServerChanged(serverId));
        return operation;
    }

    private FormerStorage requireFormer(Server server) {
        return former(server.id).filter(former -> !former.busy()).orElseThrow(() -> Problem.of(
                        ProblemCode.StorageNothingKept, server.name)
                .raise());
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
