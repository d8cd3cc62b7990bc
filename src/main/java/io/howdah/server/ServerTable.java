package io.howdah.server;

import io.howdah.engine.Observation;
import io.howdah.engine.Resized;
import io.howdah.engine.StorageSwitch;
import io.howdah.operation.Operations;
import io.howdah.server.Server.Wish;
import io.howdah.shared.Json;
import io.howdah.shared.Settings;
import io.howdah.shared.Sql;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import javax.sql.DataSource;

/** {@link ServerRecords} in the metadata database. */
@ApplicationScoped
@Transactional(Transactional.TxType.REQUIRES_NEW)
class ServerTable implements ServerRecords {

    /** The kinds of operations that decide whether a server is to run. */
    private static final Map<String, Wish> WISHES = Map.of(
            CreateServer.KIND, Wish.RUNNING,
            StartServer.KIND, Wish.RUNNING,
            StopServer.KIND, Wish.STOPPED,
            RestoreServer.KIND, Wish.RUNNING,
            RestoreInPlace.KIND, Wish.RUNNING,
            RestoreUndo.KIND, Wish.RUNNING,
            ReturnStorage.KIND, Wish.RUNNING);

    /** The kinds of operations that decide how much storage it has, and how much that is. */
    private static final Map<String, ToIntFunction<String>> STORAGE = Map.of(
            GrowStorage.KIND,
            data -> Json.read(data, GrowStorage.Request.class).storageGib(),
            ShrinkStorage.KIND,
            data -> Json.read(data, ShrinkStorage.Request.class).storageGib(),
            ReturnStorage.KIND,
            data -> Json.read(data, ReturnStorage.Request.class).storageGib());

    private static final String BEGIN = """
            with written as (
                update server set state = ?, note = null, version = version + 1
                where id = ? and settled_wish is not null and (state <> ? or note is not null)
                returning id)
            select exists (select 1 from written) as written,
                exists (select 1 from server where id = ? and settled_wish is not null) as there""";

    private record Begun(boolean there, boolean written) {}

    @PersistenceContext
    private EntityManager entities;

    @Resource(lookup = "jdbc/howdah")
    private DataSource dataSource;

    @Inject
    private Clock clock;

    @Inject
    private Settings settings;

    @Inject
    private WaitingServers waiting;

    @Inject
    private Operations operations;

    @Inject
    private Event<ServerChanged> changes;

    @Override
    public boolean exists(UUID id) {
        return entities.find(Server.class, id) != null;
    }

    @Override
    public boolean created(UUID id) {
        Server server = entities.find(Server.class, id);
        return server != null && server.settledWish != null;
    }

    /** Plain, because it comes with every start, stop and restart; a reader's copy of the row notices by its version. */
    @Override
    public boolean begin(UUID id, ServerState state) {
        Begun begun = Sql.row(
                        dataSource,
                        BEGIN,
                        row -> new Begun(row.getBoolean("there"), row.getBoolean("written")),
                        state,
                        id,
                        state,
                        id)
                .orElseThrow();
        if (begun.written()) {
            changes.fire(new ServerChanged(id));
        }
        return begun.there();
    }

    @Override
    public boolean deleted(UUID id) {
        Server server = entities.find(Server.class, id);
        return server != null && server.deletedAt != null && server.settledDeletedAt != null;
    }

    @Override
    public Wish wish(UUID id) {
        Server server = entities.find(Server.class, id);
        return server == null ? Wish.STOPPED : server.wished;
    }

    @Override
    public Wish settled(UUID id) {
        Server server = entities.find(Server.class, id);
        return server == null || server.settledWish == null ? Wish.STOPPED : server.settledWish;
    }

    @Override
    public void ask(UUID id, UUID operation, Wish wish) {
        change(id, server -> follow(server, null));
    }

    @Override
    public void settle(UUID id, UUID operation, Wish wish) {
        change(id, server -> {
            server.settledWish = wish;
            follow(server, operation);
        });
    }

    @Override
    public void askSize(UUID id, UUID operation, String size) {
        change(id, server -> follow(server, null));
    }

    @Override
    public void settleSize(UUID id, UUID operation, String size, Resized how, String why) {
        change(id, server -> {
            if (how != null && entities.find(SizeChange.class, operation) == null) {
                SizeChange made = new SizeChange();
                made.operationId = operation;
                made.serverId = id;
                made.at = clock.instant();
                made.before = server.sizeCode;
                made.after = size;
                made.restarted = how.restarted();
                made.heldMillis = how.held().toMillis();
                made.settings = Json.write(how.settings());
                made.reason = why;
                if (how.traffic() != null) {
                    made.transactions = how.traffic().transactions();
                    made.failed = how.traffic().failed();
                }
                entities.persist(made);
            }
            server.sizeCode = size;
            follow(server, operation);
        });
    }

    @Override
    public void askStorage(UUID id, UUID operation, int storageGib) {
        change(id, server -> follow(server, null));
    }

    @Override
    public void settleStorage(UUID id, UUID operation, int storageGib) {
        settleShrink(id, operation, storageGib, null);
    }

    @Override
    public void settleShrink(UUID id, UUID operation, int storageGib, StorageSwitch how) {
        change(id, server -> {
            if (entities.find(StorageChange.class, operation) == null) {
                StorageChange made = new StorageChange();
                made.operationId = operation;
                made.serverId = id;
                made.at = clock.instant();
                made.gibBefore = server.storageGib;
                made.gibAfter = storageGib;
                if (how != null) {
                    made.tell(how, made.at.plus(settings.graceTime()));
                }
                entities.persist(made);
            }
            server.storageGib = storageGib;
            follow(server, operation);
        });
    }

    @Override
    public void storageLetGo(UUID change) {
        StorageChange made = entities.find(StorageChange.class, change, LockModeType.PESSIMISTIC_WRITE);
        if (made != null) {
            made.keptUntil = null;
            changes.fire(new ServerChanged(made.serverId));
        }
    }

    @Override
    public void settleDeletion(UUID id, UUID operation, Instant at, Instant keptUntil) {
        change(id, server -> {
            server.settledDeletedAt = at;
            server.settledKeptUntil = keptUntil;
            follow(server, operation);
        });
    }

    @Override
    public void withdraw(UUID id, UUID operation) {
        change(id, server -> {
            follow(server, operation);
            if (server.state == ServerState.DROPPING && server.deletedAt == null) {
                server.state = settledState(server);
            }
        });
    }

    /** The wish is what was asked last and is still to be done; without any, what was settled. */
    private void follow(Server server, UUID without) {
        server.wished = operations
                .lastAsked(server.id, without, WISHES.keySet())
                .map(asked -> WISHES.get(asked.kind()))
                .orElse(server.settledWish == null ? Wish.RUNNING : server.settledWish);
        server.wishedSize = operations
                .lastAsked(server.id, without, Set.of(ScaleServer.KIND))
                .map(asked -> Json.read(asked.data(), ScaleServer.Request.class).size())
                .orElse(null);
        server.wishedStorageGib = operations
                .lastAsked(server.id, without, STORAGE.keySet())
                .map(asked -> STORAGE.get(asked.kind()).applyAsInt(asked.data()))
                .orElse(null);
        Optional<Operations.Asked> deletion =
                operations.lastAsked(server.id, without, Set.of(DeleteServer.KIND, UndeleteServer.KIND));
        if (deletion.isEmpty()) {
            server.deletedAt = server.settledDeletedAt;
            server.keptUntil = server.settledKeptUntil;
        } else if (deletion.get().kind().equals(UndeleteServer.KIND)) {
            server.deletedAt = null;
            server.keptUntil = null;
        } else {
            DeleteServer.Request wanted = Json.read(deletion.get().data(), DeleteServer.Request.class);
            server.deletedAt = wanted.deletedAt();
            server.keptUntil = wanted.keptUntil();
        }
    }

    private static ServerState settledState(Server server) {
        if (server.settledWish == null) {
            return ServerState.PROVISIONING;
        }
        return server.settledWish == Wish.RUNNING ? ServerState.READY : ServerState.STOPPED;
    }

    @Override
    public void state(UUID id, ServerState state, String note) {
        change(id, server -> {
            server.state = state;
            server.note = note;
        });
    }

    @Override
    public void observed(UUID id, Observation seen) {
        Server server = entities.find(Server.class, id, LockModeType.PESSIMISTIC_WRITE);
        if (server != null && !server.standing().known(seen)) {
            server.see(seen, clock.instant());
            changes.fire(new ServerChanged(id));
        }
    }

    @Override
    public Optional<Turn> turn(UUID id) {
        if (entities.find(WaitingServer.class, id) == null) {
            return Optional.empty();
        }
        // As in the registration: memory is given out one request at a time.
        entities.createNativeQuery("lock table server in share row exclusive mode")
                .executeUpdate();
        Server server = entities.find(Server.class, id, LockModeType.PESSIMISTIC_WRITE);
        String before = server.note;
        Optional<Turn> turn = waiting.turn(server);
        if (!Objects.equals(before, server.note)) {
            changes.fire(new ServerChanged(id));
        }
        return turn;
    }

    @Override
    public void leaveLine(UUID id) {
        waiting.leave(id);
    }

    @Override
    public void forget(UUID id) {
        Server server = entities.find(Server.class, id, LockModeType.PESSIMISTIC_WRITE);
        if (server != null) {
            entities.remove(server);
            changes.fire(new ServerChanged(id));
        }
    }

    private void change(UUID id, Consumer<Server> change) {
        Server server = entities.find(Server.class, id, LockModeType.PESSIMISTIC_WRITE);
        if (server != null) {
            change.accept(server);
            changes.fire(new ServerChanged(id));
        }
    }
}
