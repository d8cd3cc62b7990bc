package io.howdah.server;

import io.howdah.access.EventKind;
import io.howdah.access.Notice;
import io.howdah.access.Notices;
import io.howdah.access.Permission;
import io.howdah.engine.DroppedSlot;
import io.howdah.engine.Storage;
import io.howdah.operation.Operations;
import io.howdah.shared.Messages;
import io.howdah.shared.Problem;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The transactions of the product's own looking after the servers' storage. */
@Stateless
public class StorageKeeping {

    private static final Logger LOG = Logger.getLogger(StorageKeeping.class.getName());
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMinutes(2);

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Operations operations;

    @Inject
    private Admission admission;

    @Inject
    private Quotas quotas;

    @Inject
    private GrowStorage growStorage;

    @Inject
    private ConfirmStorage confirmStorage;

    @Inject
    private Notices notices;

    @Inject
    private Clock clock;

    @Inject
    private Event<ServerChanged> changes;

    /** What was known, or null, of the servers on a node's host, and of those that lie on nobody's if they are wanted. */
    public Map<UUID, StorageEntry> fleet(String home, boolean shared) {
        String within = shared ? "(s.node = :home or s.node is null)" : "s.node = :home";
        Map<UUID, StorageEntry> known = new HashMap<>();
        entities.createQuery(
                        "select s.id, e from Server s left join StorageEntry e on e.serverId = s.id"
                                + " where s.settledWish is not null and s.deletedAt is null and " + within,
                        Object[].class)
                .setParameter("home", home)
                .getResultStream()
                .forEach(row -> known.put((UUID) row[0], (StorageEntry) row[1]));
        return known;
    }

    /**
     * Writes down what was seen, tells people what they should know, and lets the storage grow where that is wished.
     *
     * @return whether a growth was begun
     */
    public boolean saw(UUID serverId, Storage now) {
        Server server = entities.find(Server.class, serverId, LockModeType.PESSIMISTIC_WRITE);
        if (server == null || server.deletedAt != null) {
            return false;
        }
        StorageEntry entry = entities.find(StorageEntry.class, serverId, LockModeType.PESSIMISTIC_WRITE);
        if (entry == null) {
            entry = StorageEntry.of(server);
            entities.persist(entry);
        }
        StorageEntry.News news = entry.see(now, clock.instant());
        if (news.filling() && !now.readOnly()) {
            tell(server, EventKind.STORAGE_FILLING, "filling", now.usedPercent(), server.storageGib);
        }
        if (news.readOnly()) {
            tell(server, EventKind.STORAGE_READ_ONLY, "read-only", now.usedPercent(), server.storageGib);
        }
        for (DroppedSlot slot : news.slots()) {
            tell(server, EventKind.STORAGE_FILLING, "slot", slot.name(), slot.heldBytes() >> 20);
        }
        changes.fire(new ServerChanged(serverId));
        return now.callsForGrowth() && grow(server, entry.autogrow());
    }

    private boolean grow(Server server, Autogrow rule) {
        OptionalInt next = rule.next(server.storageGib);
        Instant failed = operations.lastFailure(server.id, growStorage.kind());
        boolean pausing = failed != null && failed.isAfter(clock.instant().minus(PAUSE_AFTER_FAILURE));
        boolean under = operations
                .lastAsked(server.id, Set.of(GrowStorage.KIND, ShrinkStorage.KIND, ReturnStorage.KIND))
                .isPresent();
        if (next.isEmpty() || pausing || under || isLocked(server)) {
            return false;
        }
        Optional<Problem> lacking = admission.checkStorage(server, next.getAsInt(), quotas.hold(server.teamId));
        if (lacking.isPresent()) {
            LOG.log(Level.INFO, "server {0} does not grow by itself: {1}", new Object[] {
                server.name, lacking.get().message()
            });
            return false;
        }
        operations.start(
                growStorage,
                server.subject(),
                new GrowStorage.Request(server.storageGib, next.getAsInt()),
                Operations.itself(),
                Permission.SERVERS_SCALE);
        server.wishedStorageGib = next.getAsInt();
        return true;
    }

    /** Begins to remove what changes to less storage have kept for long enough; says how many. */
    public int letGoOverdue() {
        List<StorageChange> overdue = entities.createQuery(
                        "select c from StorageChange c where c.keptUntil < :now", StorageChange.class)
                .setParameter("now", clock.instant())
                .getResultStream()
                .filter(change -> operations
                        .lastAsked(change.serverId, Set.of(ConfirmStorage.KIND, ReturnStorage.KIND))
                        .isEmpty())
                .toList();
        overdue.forEach(change -> operations.start(
                confirmStorage,
                entities.find(Server.class, change.serverId).subject(),
                new ConfirmStorage.Request(change.operationId),
                Operations.itself(),
                Permission.SERVERS_SCALE));
        return overdue.size();
    }

    private static boolean isLocked(Server server) {
        return LockView.stopping(server.lockViews(), LockKind.READ_ONLY).isPresent();
    }

    private void tell(Server server, EventKind event, String what, Object... arguments) {
        notices.tell(new Notice(
                event,
                server.teamId,
                server.id,
                server.name,
                Messages.text("server.storage.notice." + what, server.name),
                Messages.text("server.storage.notice." + what + ".text", arguments),
                "servers/" + server.name + "/compute",
                null));
    }
}
