package io.howdah.server;

import io.howdah.access.Access;
import io.howdah.access.Caller;
import io.howdah.access.Permission;
import io.howdah.access.Scope;
import io.howdah.access.Target;
import io.howdah.engine.DatabaseInfo;
import io.howdah.engine.Engine;
import io.howdah.engine.Maintenance;
import io.howdah.engine.OpenTransaction;
import io.howdah.engine.SessionInfo;
import io.howdah.operation.Operations;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The databases of a server, and who is connected to them. Both are read from the running server itself. */
@Stateless
public class DatabaseService {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Access access;

    @Inject
    private Operations operations;

    @Inject
    private Engine engine;

    @Inject
    private CreateDatabase createDatabase;

    @Inject
    private DropDatabase dropDatabase;

    @Inject
    private MaintainDatabases maintainDatabases;

    @Inject
    private EndSession endSession;

    /** @throws io.howdah.shared.ProblemException ServerNotReady, EngineNotResponding */
    public List<DatabaseInfo> databases(UUID serverId) {
        Server server = find(serverId);
        access.permit(Permission.DATABASES_READ, Scope.server(server.teamId, server.id), target(server));
        Requirements.requireAnswering(server);
        return engine.databases(server.key());
    }

    /** @throws io.howdah.shared.ProblemException ServerNotReady, EngineNotResponding */
    public List<SessionInfo> sessions(UUID serverId) {
        Server server = find(serverId);
        access.permit(Permission.SESSIONS_READ, Scope.server(server.teamId, server.id), target(server));
        Requirements.requireAnswering(server);
        return engine.sessions(server.key());
    }

    /**
     * Ends a session, with its transaction rolled back. One that has begun since with the same process id is left alone.
     *
     * @return the operation's id
     */
    public UUID endSession(UUID serverId, OpenTransaction session) {
        Server server = find(serverId);
        Caller caller = access.change(
                Permission.SESSIONS_END,
                Scope.server(server.teamId, server.id),
                target(server),
                Map.of(
                        "pid", Integer.toString(session.pid()),
                        "role", session.role(),
                        "database", session.database(),
                        "application", session.application(),
                        "connectedAt", session.connectedAt().toString(),
                        "transactionSince", session.since().toString()));
        Requirements.requireRunning(server);
        return operations.start(
                endSession, server.subject(), new EndSession.Request(session), caller, Permission.SESSIONS_END);
    }

    /**
     * The transaction that keeps PostgreSQL from being restarted behind the paused pooler; null when there is none.
     *
     * @throws io.howdah.shared.ProblemException ServerNotReady, EngineNotResponding
     */
    public OpenTransaction inTheWay(UUID serverId) {
        Server server = find(serverId);
        access.permit(Permission.SESSIONS_READ, Scope.server(server.teamId, server.id), target(server));
        Requirements.requireAnswering(server);
        return engine.inTheWay(server.key());
    }

    /**
     * Adds a database, owned by the administrator.
     *
     * @return the operation's id
     */
    public UUID create(UUID serverId, String name) {
        Rules.database(name).ifPresent(problem -> {
            throw problem.raise();
        });
        Server server = find(serverId);
        Caller caller = access.change(
                Permission.DATABASES_CREATE,
                Scope.server(server.teamId, server.id),
                target(server),
                Map.of("database", name));
        Requirements.requireUnlocked(server, LockKind.READ_ONLY);
        Requirements.requireRunning(server);
        if (idle(server) && exists(server, name)) {
            throw Problem.of(ProblemCode.DatabaseExists, name).at("database").raise();
        }
        CreateDatabase.Request request = new CreateDatabase.Request(name, server.administratorLogin);
        return operations.start(createDatabase, server.subject(), request, caller, Permission.DATABASES_CREATE);
    }

    /**
     * Drops a database with all it holds.
     *
     * @param typedName must be the database's name
     * @return the operation's id
     */
    public UUID drop(UUID serverId, String name, String typedName) {
        if (typedName == null || !typedName.strip().equals(name)) {
            throw Problem.of(ProblemCode.NameNotConfirmed, name).at("typedName").raise();
        }
        Rules.database(name).ifPresent(problem -> {
            throw problem.raise();
        });
        Server server = find(serverId);
        Caller caller = access.change(
                Permission.DATABASES_DELETE,
                Scope.server(server.teamId, server.id),
                target(server),
                Map.of("database", name));
        Requirements.requireUnlocked(server, LockKind.CAN_NOT_DELETE, LockKind.READ_ONLY);
        Requirements.requireRunning(server);
        if (idle(server) && !exists(server, name)) {
            throw Problem.of(ProblemCode.DatabaseNotFound, name).raise();
        }
        return operations.start(
                dropDatabase, server.subject(), new DropDatabase.Request(name), caller, Permission.DATABASES_DELETE);
    }

    /**
     * Vacuums, analyzes or reindexes databases.
     *
     * @return the operation's id; what was said meanwhile is kept with the operation
     */
    public UUID maintain(UUID serverId, Maintenance work) {
        Rules.maintenance(work).ifPresent(problem -> {
            throw problem.raise();
        });
        Server server = find(serverId);
        Caller caller = access.change(
                Permission.DATABASES_MAINTAIN,
                Scope.server(server.teamId, server.id),
                target(server),
                Map.of(
                        "kind",
                        work.kind().name(),
                        "databases",
                        work.databases().isEmpty() ? "*" : String.join(", ", work.databases())));
        if (work.kind() == Maintenance.Kind.REINDEX) {
            Requirements.requireUnlocked(server, LockKind.READ_ONLY);
        }
        Requirements.requireRunning(server);
        if (Requirements.answers(server) && !operations.changing(server.id)) {
            checkThere(server, work.databases()).ifPresent(problem -> {
                throw problem.raise();
            });
        }
        MaintainDatabases.Request request = new MaintainDatabases.Request(
                work.kind(), work.databases(), work.timeout().toSeconds());
        return operations.start(maintainDatabases, server.subject(), request, caller, Permission.DATABASES_MAINTAIN);
    }

    /** The first rule that the work breaks; on a server that does not run, those that can be told without it. */
    public Optional<Problem> checkMaintenance(UUID serverId, Maintenance work) {
        Server server = find(serverId);
        access.permit(Permission.DATABASES_READ, Scope.server(server.teamId, server.id), target(server));
        return Rules.maintenance(work)
                .or(() -> Requirements.answers(server) ? checkThere(server, work.databases()) : Optional.empty());
    }

    private Optional<Problem> checkThere(Server server, List<String> databases) {
        List<String> there =
                engine.databases(server.key()).stream().map(DatabaseInfo::name).toList();
        return databases.stream()
                .filter(name -> !there.contains(name))
                .findFirst()
                .map(name -> Problem.of(ProblemCode.DatabaseNotFound, name).at("databases"));
    }

    /** Whether what is there now is what the operation will find: nothing that changes it is under way or in line before it. */
    private boolean idle(Server server) {
        return server.state == ServerState.READY && !operations.changing(server.id);
    }

    private boolean exists(Server server, String database) {
        return engine.databases(server.key()).stream()
                .anyMatch(info -> info.name().equals(database));
    }

    private Server find(UUID id) {
        Server server = id == null ? null : entities.find(Server.class, id);
        if (server == null
                || !access.sees(
                        Permission.SERVERS_READ,
                        Scope.server(server.teamId, server.id),
                        new Target("server", server.id, server.name))) {
            throw Problem.of(ProblemCode.NotFound, "server", String.valueOf(id)).raise();
        }
        return server;
    }

    private static Target target(Server server) {
        return new Target("server", server.id, server.name);
    }
}
