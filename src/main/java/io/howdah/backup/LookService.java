package io.howdah.backup;

import io.howdah.access.Access;
import io.howdah.access.Caller;
import io.howdah.access.Permission;
import io.howdah.access.Scope;
import io.howdah.access.Target;
import io.howdah.engine.BackupEngine;
import io.howdah.engine.DatabaseInfo;
import io.howdah.engine.Engine;
import io.howdah.engine.QueryResult;
import io.howdah.engine.RestoreTarget;
import io.howdah.engine.ServerKey;
import io.howdah.engine.SqlTask;
import io.howdah.server.Looks;
import io.howdah.server.ServerChanged;
import io.howdah.shared.Ids;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import io.howdah.shared.ProblemException;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Looking at a server as it was before anything is restored: a copy of that time is opened, read, moved on to later times,
 * and closed. At most one of a server; it is forgotten after two hours unless somebody prolongs it.
 */
@Stateless
public class LookService {

    /** How many rows a query shows. */
    public static final int MOST_ROWS = 500;

    private static final Duration QUERY = Duration.ofSeconds(30);
    private static final Duration COUNT = Duration.ofSeconds(10);

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Access access;

    @Inject
    private Looks looks;

    @Inject
    private LookViews views;

    @Inject
    private LookRecord record;

    @Inject
    private Targets targets;

    @Inject
    private Engine engine;

    @Inject
    private Event<ServerChanged> changes;

    @Inject
    private Clock clock;

    /** What is looked at of that server just now. */
    public Optional<LookView> ofServer(UUID serverId) {
        RecoveryState state = find(serverId);
        permit(state);
        return current(serverId, LockModeType.NONE).map(look -> views.of(look, state));
    }

    /**
     * Opens the server as it was at the instant.
     *
     * @return the operation's id
     */
    public UUID open(UUID serverId, Instant at) {
        RecoveryState state = find(serverId);
        Caller caller = change(state, Map.of("at", String.valueOf(at)));
        requireAvailable();
        current(serverId, LockModeType.PESSIMISTIC_WRITE).ifPresent(look -> {
            throw Problem.of(ProblemCode.LookOpenAlready, state.name, RestorePoints.words(look.wantedAt))
                    .raise();
        });
        Look look = new Look();
        look.id = Ids.random();
        look.serverId = serverId;
        look.openedBy = caller.name();
        look.askedAt = clock.instant();
        UUID operation = openAt(look, state, at, caller);
        entities.persist(look);
        changes.fire(new ServerChanged(serverId));
        return operation;
    }

    /**
     * Goes on to another instant: to a later one with the files that are there; for an earlier one, or when the copy is gone,
     * it is made anew.
     *
     * @return the operation's id
     */
    public UUID move(UUID serverId, Instant at) {
        RecoveryState state = find(serverId);
        Caller caller = change(state, Map.of("moveTo", String.valueOf(at)));
        requireAvailable();
        Look look = requireStill(state);
        Targets.Resolved resolved = targets.resolve(state, TargetChoice.at(at));
        RestoreTarget.At target = (RestoreTarget.At) resolved.chosen().target();
        boolean open = views.of(look, state).standing() == LookView.Standing.OPEN;
        if (open && look.leadsTo(target)) {
            look.operationId = looks.move(
                    look.id, state.subject(), target, resolved.chosen().archive(), caller);
            look.wants(target, Look.State.MOVING);
            look.openUntil = clock.instant().plus(Look.STAY);
        } else {
            openAt(look, state, at, caller);
        }
        changes.fire(new ServerChanged(serverId));
        return look.operationId;
    }

    private UUID openAt(Look look, RecoveryState state, Instant at, Caller caller) {
        Targets.Resolved resolved = targets.resolve(state, TargetChoice.at(at));
        RestoreTarget.At target = (RestoreTarget.At) resolved.chosen().target();
        Looks.Source source = views.source(state);
        looks.checkRoom(source, resolved.bytes()).ifPresent(problem -> {
            throw problem.raise();
        });
        look.operationId = looks.open(look.id, source, target, resolved.chosen().archive(), caller);
        look.baseLabel = resolved.baseLabel();
        look.wants(target, Look.State.OPENING);
        look.openUntil = clock.instant().plus(Look.STAY);
        return look.operationId;
    }

    /** Keeps it open for two hours from now on. */
    public LookView prolong(UUID serverId) {
        RecoveryState state = find(serverId);
        change(state, Map.of("prolong", "PT2H"));
        Look look = requireStill(state);
        look.openUntil = clock.instant().plus(Look.STAY);
        changes.fire(new ServerChanged(serverId));
        return views.of(look, state);
    }

    /**
     * Removes the copy.
     *
     * @return the operation's id
     */
    public UUID close(UUID serverId) {
        RecoveryState state = find(serverId);
        Caller caller = change(state, Map.of("close", "true"));
        Look look = requireStill(state);
        look.operationId = looks.close(look.id, state.subject(), caller);
        look.state = Look.State.CLOSING;
        changes.fire(new ServerChanged(serverId));
        return look.operationId;
    }

    /** The databases as they were. */
    public List<DatabaseInfo> databases(UUID serverId) {
        RecoveryState state = find(serverId);
        permit(state);
        return engine.databases(requireOpen(state));
    }

    /** The tables of a database as they were, at most 500. */
    public List<TableAsOf> tables(UUID serverId, String database) {
        RecoveryState state = find(serverId);
        permit(state);
        ServerKey copy = requireOpen(state);
        try {
            return tables(copy, state, database, LookTables.COUNTED_BYTES);
        } catch (ProblemException refused) {
            if (refused.problem().code() != ProblemCode.WorkTimedOut) {
                throw refused;
            }
            return tables(copy, state, database, 0);
        }
    }

    private List<TableAsOf> tables(ServerKey copy, RecoveryState state, String database, long countedBytes) {
        SqlTask task = task(state, database, LookTables.query(countedBytes), COUNT);
        return LookTables.of(backups().query(copy, task, LookTables.MOST));
    }

    /**
     * Runs a query as the administrator and waits for its answer, at most 30 s. Of the query only its length and its SHA-256
     * go on record: it may hold secrets.
     */
    public QueryResult query(UUID serverId, String database, String sql) {
        RecoveryState state = find(serverId);
        permit(state);
        ServerKey copy = requireOpen(state);
        record.queried(state.teamId, target(state), String.valueOf(database), String.valueOf(sql));
        return backups().query(copy, task(state, database, sql, QUERY), MOST_ROWS);
    }

    private static SqlTask task(RecoveryState state, String database, String sql, Duration timeout) {
        return new SqlTask(database == null ? "" : database, state.administratorLogin, sql == null ? "" : sql, timeout);
    }

    private ServerKey requireOpen(RecoveryState state) {
        Look look = current(state.serverId, LockModeType.NONE).orElseThrow(() -> notOpen(state));
        return switch (views.of(look, state).standing()) {
            case OPEN -> new ServerKey(look.id);
            case BUSY -> throw Problem.of(ProblemCode.LookBusy, state.name).raise();
            case GONE -> throw Problem.of(ProblemCode.LookGone).raise();
        };
    }

    private Look requireStill(RecoveryState state) {
        Look look = current(state.serverId, LockModeType.PESSIMISTIC_WRITE).orElseThrow(() -> notOpen(state));
        if (look.state != Look.State.OPEN) {
            throw Problem.of(ProblemCode.LookBusy, state.name).raise();
        }
        return look;
    }

    private static RuntimeException notOpen(RecoveryState state) {
        return Problem.of(ProblemCode.LookNotOpen, state.name).raise();
    }

    private Optional<Look> current(UUID serverId, LockModeType lock) {
        return entities.createQuery(
                        "select l from Look l where l.serverId = :server and l.state <> :failed", Look.class)
                .setParameter("server", serverId)
                .setParameter("failed", Look.State.FAILED)
                .setLockMode(lock)
                .getResultStream()
                .findFirst();
    }

    private void permit(RecoveryState state) {
        access.permit(Permission.BACKUPS_LOOK, Scope.server(state.teamId, state.serverId), target(state));
    }

    private Caller change(RecoveryState state, Map<String, String> details) {
        return access.change(
                Permission.BACKUPS_LOOK, Scope.server(state.teamId, state.serverId), target(state), details);
    }

    private BackupEngine backups() {
        return engine.backups()
                .orElseThrow(() -> Problem.of(ProblemCode.BackupsNotAvailable).raise());
    }

    private void requireAvailable() {
        backups();
    }

    private RecoveryState find(UUID serverId) {
        RecoveryState state = serverId == null ? null : entities.find(RecoveryState.class, serverId);
        if (state == null
                || !access.sees(
                        Permission.SERVERS_READ,
                        Scope.server(state.teamId, state.serverId),
                        new Target("server", state.serverId, state.name))) {
            throw Problem.of(ProblemCode.NotFound, "server", String.valueOf(serverId))
                    .raise();
        }
        return state;
    }

    private static Target target(RecoveryState state) {
        return new Target("server", state.serverId, state.name);
    }
}
