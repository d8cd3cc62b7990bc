package io.howdah.server;

import io.howdah.access.Access;
import io.howdah.access.Caller;
import io.howdah.access.Permission;
import io.howdah.access.Scope;
import io.howdah.access.Target;
import io.howdah.engine.Engine;
import io.howdah.engine.SqlTask;
import io.howdah.operation.Operations;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Running scripts in a server's databases, as one of its roles. */
@Stateless
public class SqlService {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Access access;

    @Inject
    private Operations operations;

    @Inject
    private Engine engine;

    @Inject
    private RunSql runSql;

    /**
     * The roles that a script may run as.
     *
     * @throws io.howdah.shared.ProblemException ServerNotReady, EngineNotResponding
     */
    public List<String> roles(UUID serverId) {
        Server server = find(serverId);
        access.permit(Permission.DATABASES_READ, Scope.server(server.teamId, server.id), target(server));
        Requirements.requireRunning(server);
        return engine.roles(server.key());
    }

    /** The first rule that the task breaks; on a server that does not run, those that can be told without it. */
    public Optional<Problem> check(UUID serverId, SqlTask task) {
        Server server = find(serverId);
        access.permit(Permission.DATABASES_READ, Scope.server(server.teamId, server.id), target(server));
        return Rules.sql(task).or(() -> Requirements.answers(server) ? checkThere(server, task) : Optional.empty());
    }

    private Optional<Problem> checkThere(Server server, SqlTask task) {
        if (engine.databases(server.key()).stream()
                .noneMatch(database -> database.name().equals(task.database()))) {
            return Optional.of(
                    Problem.of(ProblemCode.DatabaseNotFound, task.database()).at("database"));
        }
        return engine.roles(server.key()).contains(task.role())
                ? Optional.empty()
                : Optional.of(
                        Problem.of(ProblemCode.SqlRoleNotAllowed, task.role()).at("role"));
    }

    /**
     * Runs a script once. Of the script itself only its length and its SHA-256 go on record: it may hold secrets.
     *
     * @return the operation's id; what the script said is kept with the operation
     */
    public UUID run(UUID serverId, SqlTask task) {
        Rules.sql(task).ifPresent(problem -> {
            throw problem.raise();
        });
        Server server = find(serverId);
        Caller caller = access.change(
                Permission.SQL_RUN,
                Scope.server(server.teamId, server.id),
                target(server),
                Map.of(
                        "database", task.database(),
                        "role", task.role(),
                        "characters", String.valueOf(task.script().length()),
                        "sha256", sha256(task.script()),
                        "timeoutSeconds", String.valueOf(task.timeout().toSeconds())));
        Requirements.requireUnlocked(server, LockKind.READ_ONLY);
        Requirements.requireRunning(server);
        if (Requirements.answers(server) && !operations.changing(server.id)) {
            checkThere(server, task).ifPresent(problem -> {
                throw problem.raise();
            });
        }
        RunSql.Request request = new RunSql.Request(
                task.database(), task.role(), task.script(), task.timeout().toSeconds());
        return operations.start(runSql, server.subject(), request, caller, Permission.SQL_RUN);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
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
