package io.howdah.server;

import io.howdah.access.Caller;
import io.howdah.access.Permission;
import io.howdah.engine.Engine;
import io.howdah.engine.Observation;
import io.howdah.engine.RestoreTarget;
import io.howdah.engine.ServerKey;
import io.howdah.operation.Operations;
import io.howdah.operation.Subject;
import io.howdah.server.Server.Wish;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import io.howdah.shared.ProblemException;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Restoring, as the backup feature begins it. That one knows what can be restored and who may; here stands what it means
 * for the server. Everything happens in the transaction of the wish.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class Restores {

    public static final String NEW_SERVER = RestoreServer.KIND;
    public static final String IN_PLACE = RestoreInPlace.KIND;
    public static final String UNDO = RestoreUndo.KIND;
    public static final String CONFIRM = RestoreConfirm.KIND;

    /** The kinds of operations that make a server. */
    public static final Set<String> MAKING = Set.of(CreateServer.KIND, RestoreServer.KIND);

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Operations operations;

    @Inject
    private Engine engine;

    @Inject
    private Admission admission;

    @Inject
    private Registration registration;

    @Inject
    private Quotas quotas;

    @Inject
    private RestoreServer restoreServer;

    @Inject
    private RestoreInPlace restoreInPlace;

    @Inject
    private RestoreUndo restoreUndo;

    @Inject
    private RestoreConfirm restoreConfirm;

    @Inject
    private Event<ServerChanged> changes;

    /**
     * What is to be restored.
     *
     * @param archive whether the target lies later than what is certain to be in the repository
     */
    public record Wanted(UUID source, RestoreTarget target, boolean archive) {}

    /** The first rule that the new server itself breaks; its administrator and databases come from its source. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public Optional<Problem> check(ServerDraft draft) {
        try {
            admission.checkFrame(draft);
            return Optional.empty();
        } catch (ProblemException e) {
            return Optional.of(e.problem());
        }
    }

    /** Whether its name is free and it fits beside the others. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public Optional<Problem> checkPlace(ServerDraft draft) {
        return admission
                .nameTaken(draft.name())
                .or(() -> admission.checkQuota(draft, quotas.standing(draft.teamId())))
                .or(() -> admission.checkRoom(draft.sizeCode(), draft.storageGib()));
    }

    /**
     * Registers a server and begins to restore it.
     *
     * @param mayWait whether it waits in line, a week at most, when there is no room for it now
     */
    public UUID begin(UUID id, ServerDraft draft, Wanted wanted, Caller caller, boolean mayWait) {
        Server server = registration.register(id, draft, caller, mayWait);
        RestoreServer.Request request = new RestoreServer.Request(
                server.specification(),
                wanted.source(),
                RestorePoint.of(wanted.target()),
                wanted.archive(),
                mayWait ? WaitingServer.LONGEST : null);
        return begun(
                server, operations.start(restoreServer, server.subject(), request, caller, Permission.BACKUPS_RESTORE));
    }

    /**
     * Begins to restore a server in place; it runs afterwards, also if it was stopped. One whose files are lost is made anew,
     * as itself, and there is nothing to go back to.
     */
    public UUID begin(UUID serverId, Wanted wanted, Caller caller) {
        Server server = find(serverId);
        quotas.requireToRun(server);
        if (engine.observe(new ServerKey(serverId)).state() == Observation.State.ABSENT) {
            RestoreServer.Request anew = new RestoreServer.Request(
                    server.specification(), serverId, RestorePoint.of(wanted.target()), false);
            server.wished = Wish.RUNNING;
            return begun(
                    server,
                    operations.start(restoreServer, server.subject(), anew, caller, Permission.BACKUPS_RESTORE));
        }
        RestoreInPlace.Request request = new RestoreInPlace.Request(RestorePoint.of(wanted.target()), wanted.archive());
        server.wished = Wish.RUNNING;
        return begun(
                server,
                operations.start(restoreInPlace, server.subject(), request, caller, Permission.BACKUPS_RESTORE));
    }

    /** Begins to go back to what a restore in place has replaced. */
    public UUID undo(UUID serverId, UUID restoration, Caller caller) {
        Server server = find(serverId);
        quotas.requireToRun(server);
        server.wished = Wish.RUNNING;
        return begun(
                server,
                operations.start(
                        restoreUndo,
                        server.subject(),
                        new RestoreUndo.Request(restoration),
                        caller,
                        Permission.BACKUPS_RESTORE));
    }

    /** Begins to remove what a restore in place has replaced. */
    public UUID confirm(Subject server, UUID restoration, Caller caller) {
        return operations.start(
                restoreConfirm, server, new RestoreConfirm.Request(restoration), caller, Permission.BACKUPS_RESTORE);
    }

    /** Whether there is room on the place to make this much beside what is in use: a second disk, if it has one. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public Optional<Problem> checkRoom(UUID serverId, long bytes) {
        StorageEntry storage = entities.find(StorageEntry.class, serverId);
        boolean hard =
                storage != null && storage.seen() != null && storage.seen().hard();
        long gib = hard ? entities.find(Server.class, serverId).storageGib : (bytes >> 30) + 1;
        int free = engine.room().storageGib();
        return gib > free ? Optional.of(Problem.of(ProblemCode.NoRoomForStorage, gib, free)) : Optional.empty();
    }

    private Server find(UUID serverId) {
        Server server = entities.find(Server.class, serverId, LockModeType.PESSIMISTIC_WRITE);
        if (server == null) {
            throw Problem.of(ProblemCode.NotFound, "server", String.valueOf(serverId))
                    .raise();
        }
        Requirements.requireUnlocked(server, LockKind.READ_ONLY);
        Requirements.requireNotDeleted(server);
        Requirements.requireCreated(server);
        return server;
    }

    private UUID begun(Server server, UUID operation) {
        changes.fire(new ServerChanged(server.id));
        return operation;
    }
}
