package io.howdah.scaling;

import io.howdah.access.Access;
import io.howdah.access.Caller;
import io.howdah.access.Permission;
import io.howdah.access.Reach;
import io.howdah.access.Scope;
import io.howdah.access.Target;
import io.howdah.engine.Engine;
import io.howdah.engine.StorageUse;
import io.howdah.server.Autogrow;
import io.howdah.server.FillingServer;
import io.howdah.server.ServerStorage;
import io.howdah.server.StoredServer;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import io.howdah.shared.Settings;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The storage of servers: how full it is and what with, growing it, and letting it grow by itself. */
@Stateless
public class StorageService {

    private static final int SHOWN = 20;

    @Inject
    private Access access;

    @Inject
    private ServerStorage storage;

    @Inject
    private Engine engine;

    @Inject
    private Settings settings;

    /** @throws io.howdah.shared.ProblemException NotFound */
    public StorageView view(UUID serverId) {
        StoredServer server = visible(storage.find(serverId), serverId);
        return new StorageView(
                server,
                storage.seen(serverId).orElse(null),
                storage.autogrow(serverId),
                storage.changes(serverId, SHOWN),
                storage.former(serverId).orElse(null),
                storage.least(serverId).orElse(server.wishedGib()),
                (int) settings.graceTime().toDays(),
                engine.capabilities(),
                engine.room().storageGib());
    }

    /**
     * What takes the room, looked up now.
     *
     * @throws io.howdah.shared.ProblemException NotFound, EngineNotResponding
     */
    public StorageUse use(UUID serverId) {
        visible(storage.find(serverId), serverId);
        return storage.use(serverId);
    }

    /**
     * The live servers whose storage needs somebody.
     *
     * @param teamId only that team's, or null for all that the caller may see
     */
    public List<FillingServer> filling(UUID teamId, int limit) {
        Reach reach = access.reach(Permission.SERVERS_READ);
        return storage.filling().stream()
                .filter(server -> reach.includes(server.teamId(), server.id())
                        && (teamId == null || teamId.equals(server.teamId())))
                .limit(limit)
                .toList();
    }

    /** The first rule that so much storage breaks for the server, now. */
    public Optional<Problem> check(UUID serverId, int storageGib) {
        visible(storage.find(serverId), serverId);
        return storage.check(serverId, storageGib);
    }

    /**
     * Gives the server more storage. One that runs goes on running.
     *
     * @return the operation's id
     * @throws io.howdah.shared.ProblemException NotFound, ServerLocked, ServerBeingDeleted, ServerNotReady,
     *     StorageOutOfRange, StorageOnlyGrows, NoRoomForStorage
     */
    public UUID grow(UUID serverId, int storageGib) {
        StoredServer server = visible(storage.hold(serverId), serverId);
        Caller caller = access.change(
                Permission.SERVERS_SCALE,
                Scope.server(server.teamId(), server.id()),
                target(server),
                Map.of("beforeGib", String.valueOf(server.wishedGib()), "afterGib", String.valueOf(storageGib)));
        return storage.grow(serverId, storageGib, caller);
    }

    /** The first rule that so much less storage breaks for the server, now. */
    public Optional<Problem> checkLess(UUID serverId, int storageGib) {
        visible(storage.find(serverId), serverId);
        return storage.checkLess(serverId, storageGib);
    }

    /**
     * Gives the server less storage: it is copied to a smaller disk while it runs, and what is used must fit there. Where it
     * has no disk of its own it is told the number only.
     *
     * @return the operation's id
     * @throws io.howdah.shared.ProblemException NotFound, ServerLocked, ServerBeingDeleted, ServerNotReady,
     *     StorageOutOfRange, StorageNotSmaller, StorageTooSmall, StorageGrowsBack, NoRoomForStorage
     */
    public UUID shrink(UUID serverId, int storageGib) {
        StoredServer server = visible(storage.hold(serverId), serverId);
        Caller caller = access.change(
                Permission.SERVERS_SCALE,
                Scope.server(server.teamId(), server.id()),
                target(server),
                Map.of("beforeGib", String.valueOf(server.wishedGib()), "afterGib", String.valueOf(storageGib)));
        return storage.shrink(serverId, storageGib, caller);
    }

    /**
     * Removes the disk that the server had before it was given less storage.
     *
     * @return the operation's id
     * @throws io.howdah.shared.ProblemException NotFound, ServerLocked, ServerBeingDeleted, ServerNotReady,
     *     StorageNothingKept
     */
    public UUID confirm(UUID serverId) {
        StoredServer server = visible(storage.hold(serverId), serverId);
        Caller caller = access.change(
                Permission.SERVERS_SCALE,
                Scope.server(server.teamId(), server.id()),
                target(server),
                Map.of("formerDisk", "removed"));
        return storage.confirm(serverId, caller);
    }

    /**
     * Takes the disk that the server had before it was given less storage into use again. What was written since is in the
     * server no more.
     *
     * @return the operation's id
     * @throws io.howdah.shared.ProblemException NotFound, ServerLocked, ServerBeingDeleted, ServerNotReady,
     *     StorageNothingKept
     */
    public UUID goBack(UUID serverId) {
        StoredServer server = visible(storage.hold(serverId), serverId);
        Caller caller = access.change(
                Permission.BACKUPS_RESTORE,
                Scope.server(server.teamId(), server.id()),
                target(server),
                Map.of("formerDisk", "taken into use"));
        return storage.goBack(serverId, caller);
    }

    /**
     * Lets the server's storage grow by itself, or no more.
     *
     * @throws io.howdah.shared.ProblemException NotFound, ServerLocked, ServerBeingDeleted, ServerNotReady,
     *     AutogrowInvalid
     */
    public void autogrow(UUID serverId, Autogrow rule) {
        StoredServer server = visible(storage.hold(serverId), serverId);
        access.change(
                Permission.SERVERS_SCALE,
                Scope.server(server.teamId(), server.id()),
                target(server),
                Map.of("before", storage.autogrow(serverId).toString(), "after", rule.toString()));
        storage.use(serverId, rule);
    }

    private StoredServer visible(Optional<StoredServer> found, UUID serverId) {
        return found.filter(server -> access.sees(
                        Permission.SERVERS_READ,
                        Scope.server(server.teamId(), server.id()),
                        new Target("server", server.id(), server.name())))
                .orElseThrow(() -> Problem.of(ProblemCode.NotFound, "server", String.valueOf(serverId))
                        .raise());
    }

    private static Target target(StoredServer server) {
        return new Target("server", server.id(), server.name());
    }
}
