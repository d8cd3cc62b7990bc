package io.howdah.server;

import io.howdah.access.Caller;
import io.howdah.access.Permission;
import io.howdah.engine.Engine;
import io.howdah.engine.ResizePlan;
import io.howdah.engine.Room;
import io.howdah.engine.SettingChange;
import io.howdah.operation.Operations;
import io.howdah.shared.Json;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import io.howdah.shared.ProblemException;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The sizes of servers, for the feature that changes them: it has asked whoever wants something for permission. */
@Dependent
public class ServerSizing {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Engine engine;

    @Inject
    private Admission admission;

    @Inject
    private HostRoom hostRoom;

    @Inject
    private Quotas quotas;

    @Inject
    private Operations operations;

    @Inject
    private ScaleServer scaleServer;

    @Inject
    private Event<ServerChanged> changes;

    public Optional<SizedServer> find(UUID serverId) {
        return serverId == null
                ? Optional.empty()
                : Optional.ofNullable(entities.find(Server.class, serverId)).map(Server::sized);
    }

    /** As {@link #find}, and holds the server's row until the transaction ends. */
    public Optional<SizedServer> hold(UUID serverId) {
        return serverId == null
                ? Optional.empty()
                : Optional.ofNullable(entities.find(Server.class, serverId, LockModeType.PESSIMISTIC_WRITE))
                        .map(Server::sized);
    }

    /** @throws io.howdah.shared.ProblemException SizeUnknown */
    public Size require(String sizeCode) {
        return Sizes.find(String.valueOf(sizeCode))
                .orElseThrow(() -> Problem.of(ProblemCode.SizeUnknown, String.valueOf(sizeCode))
                        .at("size")
                        .raise());
    }

    /** The whole catalogue. */
    public List<Size> all() {
        return Sizes.all();
    }

    /** When the newest change of the server's size failed; null when it went well, or there was none. */
    public Instant lastFailure(UUID serverId) {
        return operations.lastFailure(serverId, ScaleServer.KIND);
    }

    /** The sizes that this place could run at all, the smallest first. */
    public List<Size> fitting() {
        return Sizes.fitting(engine.room());
    }

    /** The whole catalogue, each size with what keeps the server from it now. */
    public List<SizeOffer> offers(UUID serverId) {
        Server server = entities.find(Server.class, serverId);
        Room room = engine.room();
        HostRoom.Share promised = hostRoom.promised();
        QuotaStanding standing = quotas.standing(server.teamId);
        return Sizes.all().stream()
                .map(size -> new SizeOffer(
                        size,
                        admission
                                .checkSize(server, size, room, promised, standing)
                                .orElse(null)))
                .toList();
    }

    /** What keeps the server from the size now. */
    public Optional<Problem> check(UUID serverId, Size size) {
        Server server = entities.find(Server.class, serverId);
        return check(server, size, quotas.standing(server.teamId));
    }

    private Optional<Problem> check(Server server, Size size, QuotaStanding standing) {
        return admission.checkSize(server, size, engine.room(), hostRoom.promised(), standing);
    }

    /** @throws io.howdah.shared.ProblemException when the engine can't look at the server */
    public ResizePlan plan(UUID serverId, Size size) {
        return engine.planResize(entities.find(Server.class, serverId).key(), size.compute());
    }

    /** Empty when the operation was no change of size, or has not been carried out. */
    public Optional<SizeChangeView> change(UUID serverId, UUID operationId) {
        return Optional.ofNullable(entities.find(SizeChange.class, operationId))
                .filter(change -> change.serverId.equals(serverId))
                .map(SizeChange::view);
    }

    /** The newest first. */
    public List<SizeChangeView> changes(UUID serverId, int limit) {
        return entities.createQuery(
                        "select c from SizeChange c where c.serverId = :server order by c.at desc", SizeChange.class)
                .setParameter("server", serverId)
                .setMaxResults(limit)
                .getResultStream()
                .map(SizeChange::view)
                .toList();
    }

    /**
     * Puts the change into the server's line.
     *
     * @param why it is asked for, in words; null when a person simply does
     * @return the operation's id
     * @throws io.howdah.shared.ProblemException ServerLocked, ServerBeingDeleted, ServerNotReady, SizeUnchanged,
     *     SizeTooLarge, NoRoomForMemory, NoRoomForVCores, QuotaExceeded
     */
    public UUID begin(UUID serverId, Size size, Caller caller, String why) {
        return start(admitted(serverId, size), size, Restart.BEHIND_PAUSE, caller, why);
    }

    /**
     * The same, and what needs a restart of PostgreSQL waits for the next one.
     *
     * @throws io.howdah.shared.ProblemException as {@link #begin}
     */
    public UUID beginWithoutRestart(UUID serverId, Size size, Caller caller) {
        return start(admitted(serverId, size), size, Restart.LATER, caller, null);
    }

    /**
     * Does what waits for a restart of PostgreSQL, behind the paused pooler; the size stays.
     *
     * @throws io.howdah.shared.ProblemException ServerLocked, ServerBeingDeleted, ServerNotReady
     */
    public UUID finish(UUID serverId, Caller caller) {
        Server server = changeable(serverId);
        return start(server, server.sized().wished(), Restart.BEHIND_PAUSE, caller, null);
    }

    private Server admitted(UUID serverId, Size size) {
        Server server = changeable(serverId);
        QuotaStanding standing = quotas.hold(server.teamId);
        // Memory is given out one request at a time, so that two can't take the same.
        entities.createNativeQuery("lock table server in share row exclusive mode")
                .executeUpdate();
        if (server.sized().wished().equals(size)) {
            throw Problem.of(ProblemCode.SizeUnchanged, server.name, size.code())
                    .at("size")
                    .raise();
        }
        check(server, size, standing).ifPresent(problem -> {
            throw problem.raise();
        });
        return server;
    }

    private Server changeable(UUID serverId) {
        Server server = entities.find(Server.class, serverId, LockModeType.PESSIMISTIC_WRITE);
        Requirements.requireUnlocked(server, LockKind.READ_ONLY);
        Requirements.requireNotDeleted(server);
        Requirements.requireCreated(server);
        return server;
    }

    private UUID start(Server server, Size size, Restart restart, Caller caller, String why) {
        UUID operation = operations.start(
                scaleServer,
                server.subject(),
                new ScaleServer.Request(size.code(), size.compute(), restart, why),
                caller,
                Permission.SERVERS_SCALE);
        server.wishedSize = size.code();
        changes.fire(new ServerChanged(server.id));
        return operation;
    }

    /** Settings that wait for a restart of PostgreSQL; none while it can't be asked. */
    public List<SettingChange> awaitingRestart(UUID serverId) {
        Server server = entities.find(Server.class, serverId);
        if (!Requirements.answers(server)) {
            return List.of();
        }
        try {
            return engine.awaitingRestart(server.key());
        } catch (ProblemException notNow) {
            return List.of();
        }
    }

    /**
     * A change of size that an open transaction kept from being made.
     *
     * @param operationId the operation that has failed
     * @param size the one that was wanted
     */
    public record Kept(UUID operationId, Size size) {}

    /** Empty when the newest change of size went well, or failed for another reason. */
    public Optional<Kept> keptByTransaction(UUID serverId) {
        return operations
                .newestFailure(serverId, ScaleServer.KIND)
                .filter(failure -> failure.code() == ProblemCode.EngineTransactionInTheWay)
                .flatMap(failure -> Sizes.find(Json.read(failure.data(), ScaleServer.Request.class)
                                .size())
                        .map(size -> new Kept(failure.operationId(), size)));
    }
}
