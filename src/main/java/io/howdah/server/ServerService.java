package io.howdah.server;

import io.howdah.access.Access;
import io.howdah.access.Approvable;
import io.howdah.access.Caller;
import io.howdah.access.Callers;
import io.howdah.access.Permission;
import io.howdah.access.Projects;
import io.howdah.access.ProtectedAction;
import io.howdah.access.Reach;
import io.howdah.access.Scope;
import io.howdah.access.Target;
import io.howdah.access.Teams;
import io.howdah.engine.Engine;
import io.howdah.engine.Room;
import io.howdah.operation.Operations;
import io.howdah.server.Server.Wish;
import io.howdah.shared.Ids;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import io.howdah.shared.Settings;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The life of a server: create, start, stop, restart, reset the administrator's password, delete, bring back, remove for
 * good; and its tags and locks. Each act answers with the id of the operation that carries it out, at once.
 */
@Stateless
public class ServerService {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Access access;

    @Inject
    private Operations operations;

    @Inject
    private Admission admission;

    @Inject
    private HostRoom hostRoom;

    @Inject
    private Registration registration;

    @Inject
    private Quotas quotas;

    @Inject
    private Locks locks;

    @Inject
    private Clock clock;

    @Inject
    private Settings settings;

    @Inject
    private Event<ServerChanged> changes;

    @Inject
    private Engine engine;

    @Inject
    private Teams teams;

    @Inject
    private Projects projects;

    @Inject
    private CreateServer createServer;

    @Inject
    private StartServer startServer;

    @Inject
    private StopServer stopServer;

    @Inject
    private RestartServer restartServer;

    @Inject
    private ResetPassword resetPassword;

    @Inject
    private DeleteServer deleteServer;

    @Inject
    private UndeleteServer undeleteServer;

    @Inject
    private PurgeServer purgeServer;

    /** What can be created here and now. */
    public Catalogue catalogue() {
        access.reach(Permission.SERVERS_READ);
        Room room = engine.room();
        return new Catalogue(
                engine.versions(),
                Sizes.fitting(room),
                new Room(room.vCores(), room.memoryMib(), hostRoom.limit(room).memoryMib(), room.storageGib()),
                hostRoom.promised().memoryMib(),
                engine.capabilities(),
                (int) settings.graceTime().toDays());
    }

    /** Whether the name is well-formed and free. */
    public Optional<Problem> checkName(String name) {
        access.reach(Permission.SERVERS_READ);
        return Rules.serverName(name).or(() -> admission.nameTaken(name));
    }

    public Optional<Problem> checkLogin(String login) {
        access.reach(Permission.SERVERS_READ);
        return Rules.administratorLogin(login);
    }

    public Optional<Problem> checkPassword(String password, String login) {
        access.reach(Permission.SERVERS_READ);
        return Rules.administratorPassword(password, login);
    }

    public Optional<Problem> checkNetwork(String network) {
        access.reach(Permission.SERVERS_READ);
        return Rules.network(network);
    }

    public Optional<Problem> checkDatabase(String name) {
        access.reach(Permission.SERVERS_READ);
        return Rules.database(name);
    }

    /** Whether a size and that much storage would fit beside what exists. */
    public Optional<Problem> checkRoom(String sizeCode, int storageGib) {
        access.reach(Permission.SERVERS_READ);
        return Rules.storage(storageGib)
                .or(() -> Admission.checkSize(sizeCode))
                .or(() -> admission.checkRoom(sizeCode, storageGib));
    }

    /** A strong password for an administrator with that login. */
    public String generatePassword(String login) {
        access.reach(Permission.SERVERS_READ);
        return GeneratedPassword.next(login);
    }

    public List<ServerView> list(ServerFilter filter, ServerOrder order, boolean ascending, int offset, int limit) {
        Reach reach = access.reach(Permission.SERVERS_READ);
        Map<UUID, String> names = teams.names();
        Map<UUID, String> projectNames = projects.names();
        return new ServerListing(entities, filter, reach)
                .page(order, ascending, offset, limit).stream()
                        .map(server -> server.view(names.get(server.teamId), projectNames.get(server.projectId)))
                        .toList();
    }

    public int count(ServerFilter filter) {
        return new ServerListing(entities, filter, access.reach(Permission.SERVERS_READ)).count();
    }

    /** How many live servers are in each state; states without any are left out. */
    public Map<ServerState, Integer> states() {
        return new ServerListing(entities, ServerFilter.LIVE, access.reach(Permission.SERVERS_READ)).countByState();
    }

    /** @throws io.howdah.shared.ProblemException NotFound, also when the caller may not see it */
    public ServerView byName(String name) {
        return entities.createQuery("select s from Server s where lower(s.name) = lower(:name)", Server.class)
                .setParameter("name", name)
                .getResultStream()
                .filter(server -> sees(server))
                .findFirst()
                .map(server -> server.view(
                        teams.names().get(server.teamId), projects.names().get(server.projectId)))
                .orElseThrow(
                        () -> Problem.of(ProblemCode.NotFound, "server", name).raise());
    }

    /** The certificate that clients need to verify the server's, as PEM. */
    public String certificateAuthority(UUID serverId) {
        Server server = serverId == null ? null : entities.find(Server.class, serverId);
        if (server == null || !sees(server)) {
            throw Problem.of(ProblemCode.NotFound, "server", String.valueOf(serverId))
                    .raise();
        }
        return engine.certificateAuthority(server.key());
    }

    /**
     * Creates a server.
     *
     * @return the operation's id
     * @throws io.howdah.shared.ProblemException with the field's name, for the first rule that the draft breaks
     */
    public UUID create(ServerDraft draft) {
        return create(draft, false);
    }

    /**
     * The same, but where there is no room for it now it waits in line until there is, a week at most.
     *
     * @return the operation's id
     * @throws io.howdah.shared.ProblemException with the field's name, for the first rule that the draft breaks
     */
    public UUID createInLine(ServerDraft draft) {
        return create(draft, true);
    }

    /**
     * Creates a server that strangers could reach, for which a team may want a second person.
     *
     * @param wish any new id; the same makes the same server, so that what is approved is what is done
     * @param mayWait as {@link #createInLine}
     * @return the operation's id
     * @throws io.howdah.shared.ProblemException with the field's name, for the first rule that the draft breaks;
     *     ApprovalRequired
     */
    @Approvable
    public UUID createOpen(UUID wish, SealedDraft sealed, boolean mayWait) {
        admission.checkDraft(sealed);
        return create(Ids.of(wish, Callers.current().personId()), sealed.draft(), sealed.verifier(), mayWait);
    }

    private UUID create(ServerDraft draft, boolean mayWait) {
        admission.checkDraft(draft);
        return create(Ids.random(), draft, SealedDraft.verifier(draft.administratorPassword()), mayWait);
    }

    private UUID create(UUID id, ServerDraft draft, String verifier, boolean mayWait) {
        UUID project = projects.of(draft.teamId(), draft.projectId()).orElseThrow();
        Scope scope = Scope.project(draft.teamId(), project);
        Caller caller = access.change(
                Permission.SERVERS_CREATE,
                scope,
                new Target("server", id, draft.name()),
                Map.of(
                        "version", String.valueOf(draft.majorVersion()),
                        "size", draft.sizeCode(),
                        "storageGib", String.valueOf(draft.storageGib()),
                        "administratorLogin", draft.administratorLogin(),
                        "allowedNetworks", String.join(", ", draft.allowedNetworks())),
                draft.opensToWorld() ? ProtectedAction.NETWORK_OPEN : null);
        Server server = registration.register(id, draft, caller, mayWait);
        CreateServer.Request request = new CreateServer.Request(
                server.specification(),
                server.administratorLogin,
                verifier,
                server.firstDatabase,
                mayWait ? WaitingServer.LONGEST : null);
        return begun(
                server, operations.start(createServer, server.subject(), request, caller, Permission.SERVERS_CREATE));
    }

    /** @throws io.howdah.shared.ProblemException QuotaExceeded when its team may not run as much */
    public UUID start(UUID serverId) {
        Server server = find(serverId);
        Caller caller = change(Permission.SERVERS_START, server, Map.of());
        Requirements.requireUnlocked(server, LockKind.READ_ONLY);
        Requirements.requireNotDeleted(server);
        Requirements.requireCreated(server);
        if (server.wished == Wish.RUNNING && server.state != ServerState.INACCESSIBLE && !server.asleep()) {
            throw Problem.of(ProblemCode.ServerNotStopped, server.name).raise();
        }
        quotas.requireToRun(server);
        StartServer.Request request = new StartServer.Request();
        server.wished = Wish.RUNNING;
        return begun(
                server, operations.start(startServer, server.subject(), request, caller, Permission.SERVERS_START));
    }

    public UUID stop(UUID serverId) {
        Server server = find(serverId);
        Caller caller = change(Permission.SERVERS_STOP, server, Map.of());
        Requirements.requireUnlocked(server, LockKind.READ_ONLY);
        Requirements.requireNotDeleted(server);
        Requirements.requireCreated(server);
        if (server.wished == Wish.STOPPED) {
            throw Problem.of(ProblemCode.ServerStopped, server.name).raise();
        }
        StopServer.Request request = new StopServer.Request();
        server.wished = Wish.STOPPED;
        return begun(server, operations.start(stopServer, server.subject(), request, caller, Permission.SERVERS_STOP));
    }

    public UUID restart(UUID serverId) {
        Server server = find(serverId);
        Caller caller = change(Permission.SERVERS_RESTART, server, Map.of());
        Requirements.requireUnlocked(server, LockKind.READ_ONLY);
        Requirements.requireRunning(server);
        RestartServer.Request request = new RestartServer.Request(clock.instant());
        return begun(
                server, operations.start(restartServer, server.subject(), request, caller, Permission.SERVERS_RESTART));
    }

    /** @param password the new one; turned into a SCRAM verifier before anything is stored */
    public UUID resetPassword(UUID serverId, String password) {
        Server server = find(serverId);
        Rules.administratorPassword(password, server.administratorLogin).ifPresent(problem -> {
            throw problem.raise();
        });
        Caller caller = change(
                Permission.SERVERS_RESET_PASSWORD, server, Map.of("administratorLogin", server.administratorLogin));
        Requirements.requireUnlocked(server, LockKind.READ_ONLY);
        Requirements.requireRunning(server);
        ResetPassword.Request request =
                new ResetPassword.Request(server.administratorLogin, SealedDraft.verifier(password));
        return begun(
                server,
                operations.start(resetPassword, server.subject(), request, caller, Permission.SERVERS_RESET_PASSWORD));
    }

    /**
     * Deletes a server. Its data is kept for the grace time; one whose creation failed goes at once, since it has none.
     *
     * @param typedName must be the server's name
     */
    @Approvable
    public UUID delete(UUID serverId, String typedName) {
        Server server = find(serverId);
        Requirements.requireTyped(typedName, server.name);
        Caller caller = change(Permission.SERVERS_DELETE, server, Map.of());
        Requirements.requireUnlocked(server, LockKind.CAN_NOT_DELETE, LockKind.READ_ONLY);
        Requirements.requireNotDeleted(server);
        if (Requirements.neverCreated(server)) {
            PurgeServer.Request request = new PurgeServer.Request(true);
            return begun(
                    server,
                    operations.start(purgeServer, server.subject(), request, caller, Permission.SERVERS_DELETE));
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        server.deletedAt = now;
        server.keptUntil = now.plus(settings.graceTime());
        server.state = ServerState.DROPPING;
        DeleteServer.Request request = new DeleteServer.Request(server.deletedAt, server.keptUntil);
        return begun(
                server, operations.start(deleteServer, server.subject(), request, caller, Permission.SERVERS_DELETE));
    }

    /**
     * Brings a deleted server back within its grace time.
     *
     * @throws io.howdah.shared.ProblemException ServerNotDeleted, ServerBeingRemoved, QuotaExceeded
     */
    public UUID undelete(UUID serverId) {
        Server server = find(serverId);
        Caller caller = change(Permission.SERVERS_UNDELETE, server, Map.of());
        Requirements.requireDeleted(server);
        requireNotGoing(server);
        quotas.require(server.teamId, server.name, server.quotaShare());
        UndeleteServer.Request request = new UndeleteServer.Request();
        server.deletedAt = null;
        server.keptUntil = null;
        return begun(
                server,
                operations.start(undeleteServer, server.subject(), request, caller, Permission.SERVERS_UNDELETE));
    }

    /**
     * Removes a deleted server for good before its grace time ends, which frees its name.
     *
     * @param typedName must be the server's name
     */
    @Approvable
    public UUID purge(UUID serverId, String typedName) {
        Server server = find(serverId);
        Requirements.requireTyped(typedName, server.name);
        Caller caller = change(Permission.SERVERS_PURGE, server, Map.of());
        Requirements.requireUnlocked(server, LockKind.CAN_NOT_DELETE, LockKind.READ_ONLY);
        Requirements.requireDeleted(server);
        requireNotGoing(server);
        PurgeServer.Request request = new PurgeServer.Request(false);
        return begun(
                server, operations.start(purgeServer, server.subject(), request, caller, Permission.SERVERS_PURGE));
    }

    /** Once its removal has begun nothing can bring it back, and nothing is left to remove twice. */
    private void requireNotGoing(Server server) {
        if (operations.lastAsked(server.id, List.of(purgeServer.kind())).isPresent()) {
            throw Problem.of(ProblemCode.ServerBeingRemoved, server.name).raise();
        }
    }

    /** Replaces all tags. */
    public void setTags(UUID serverId, Map<String, String> tags) {
        Rules.tags(tags).ifPresent(problem -> {
            throw problem.raise();
        });
        Server server = find(serverId);
        change(Permission.SERVERS_TAG, server, Map.of("before", server.tags.toString(), "after", tags.toString()));
        Requirements.requireUnlocked(server, LockKind.READ_ONLY);
        server.tags.clear();
        server.tags.putAll(tags);
        changes.fire(new ServerChanged(serverId));
    }

    public LockView addLock(UUID serverId, LockKind kind, String note) {
        String text = Locks.note(note);
        Server server = find(serverId);
        Caller caller = change(Permission.LOCKS_WRITE, server, Locks.details(kind, true, text));
        return locks.add(Scope.server(server.teamId, serverId), server.name, kind, text, caller);
    }

    /** @throws io.howdah.shared.ProblemException NotFound, also for a lock that the server inherits */
    public void removeLock(UUID serverId, UUID lockId) {
        Server server = find(serverId);
        ResourceLock lock = lockId == null ? null : entities.find(ResourceLock.class, lockId);
        if (lock == null || !serverId.equals(lock.serverId)) {
            throw Problem.of(ProblemCode.NotFound, "lock", String.valueOf(lockId))
                    .raise();
        }
        change(Permission.LOCKS_WRITE, server, Locks.details(lock.kind, false, lock.note));
        locks.remove(lock);
    }

    /** The row is held until the transaction ends, so that two wishes at one instant come one after the other. */
    private Server find(UUID id) {
        Server server = id == null ? null : entities.find(Server.class, id, LockModeType.PESSIMISTIC_WRITE);
        if (server == null || !sees(server)) {
            throw Problem.of(ProblemCode.NotFound, "server", String.valueOf(id)).raise();
        }
        // Read now, because once the audit record is written all other changes wait for this one.
        server.locks.size();
        return server;
    }

    private boolean sees(Server server) {
        return access.sees(
                Permission.SERVERS_READ,
                Scope.server(server.teamId, server.id),
                new Target("server", server.id, server.name));
    }

    private Caller change(Permission permission, Server server, Map<String, String> details) {
        return access.change(
                permission,
                Scope.server(server.teamId, server.id),
                new Target("server", server.id, server.name),
                details);
    }

    private UUID begun(Server server, UUID operation) {
        changes.fire(new ServerChanged(server.id));
        return operation;
    }
}
