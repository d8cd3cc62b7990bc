package io.howdah.server;

import io.howdah.engine.Observation;
import io.howdah.engine.Resized;
import io.howdah.engine.StorageSwitch;
import io.howdah.operation.OperationOutputs;
import io.howdah.server.Server.Wish;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;

/** {@link ServerRecords} and {@link OperationOutputs} for tests of workflows alone; the real ones are tested in the container. */
public final class RecordsInMemory implements ServerRecords, OperationOutputs {

    static final class Row {
        Wish wish = Wish.RUNNING;
        Wish settled;
        Instant settledDeletedAt;
        Instant settledKeptUntil;
        ServerState state = ServerState.PROVISIONING;
        String note;
        Instant deletedAt;
        Instant keptUntil;
        Observation seen;
        /** Those that operations have brought it to, in their order. */
        final List<String> sizes = new ArrayList<>();

        String wishedSize;
        Integer storageGib;
        Integer wishedStorageGib;
        Resized resized;
    }

    /** What a server that waits is told, in order; then it is its turn. */
    final Queue<Turn> turns = new ArrayDeque<>();

    final Map<UUID, Row> rows = new HashMap<>();

    /** The changes of which the storage before is kept. */
    final Set<UUID> kept = new HashSet<>();

    /** What operations said, in the order of asking. */
    final Map<UUID, String> outputs = new LinkedHashMap<>();

    Row add(UUID id) {
        Row row = new Row();
        rows.put(id, row);
        return row;
    }

    @Override
    public boolean exists(UUID id) {
        return rows.containsKey(id);
    }

    @Override
    public boolean created(UUID id) {
        return rows.containsKey(id) && rows.get(id).settled != null;
    }

    @Override
    public boolean begin(UUID id, ServerState state) {
        if (!created(id)) {
            return false;
        }
        state(id, state, null);
        return true;
    }

    @Override
    public boolean deleted(UUID id) {
        return rows.containsKey(id) && rows.get(id).deletedAt != null && rows.get(id).settledDeletedAt != null;
    }

    @Override
    public Wish wish(UUID id) {
        return rows.get(id).wish;
    }

    @Override
    public Wish settled(UUID id) {
        return rows.get(id).settled == null ? Wish.STOPPED : rows.get(id).settled;
    }

    @Override
    public void ask(UUID id, UUID operation, Wish wish) {
        rows.get(id).wish = wish;
    }

    @Override
    public void settle(UUID id, UUID operation, Wish wish) {
        rows.get(id).settled = wish;
        rows.get(id).wish = wish;
    }

    @Override
    public void askSize(UUID id, UUID operation, String size) {
        rows.get(id).wishedSize = size;
    }

    @Override
    public void settleSize(UUID id, UUID operation, String size, Resized how, String why) {
        Row row = rows.get(id);
        // Written down again after a crash, it is still the same.
        if (row.sizes.isEmpty() || !row.sizes.getLast().equals(size)) {
            row.sizes.add(size);
        }
        row.wishedSize = null;
        row.resized = how;
    }

    @Override
    public void askStorage(UUID id, UUID operation, int storageGib) {
        rows.get(id).wishedStorageGib = storageGib;
    }

    @Override
    public void settleStorage(UUID id, UUID operation, int storageGib) {
        rows.get(id).storageGib = storageGib;
        rows.get(id).wishedStorageGib = null;
    }

    @Override
    public void settleShrink(UUID id, UUID operation, int storageGib, StorageSwitch how) {
        settleStorage(id, operation, storageGib);
        if (how != null && how.kept()) {
            kept.add(operation);
        }
    }

    @Override
    public void storageLetGo(UUID change) {
        kept.remove(change);
    }

    @Override
    public void settleDeletion(UUID id, UUID operation, Instant at, Instant keptUntil) {
        rows.get(id).settledDeletedAt = at;
        rows.get(id).settledKeptUntil = keptUntil;
        rows.get(id).deletedAt = at;
        rows.get(id).keptUntil = keptUntil;
    }

    @Override
    public void withdraw(UUID id, UUID operation) {
        Row row = rows.get(id);
        row.wish = row.settled == null ? Wish.RUNNING : row.settled;
        row.deletedAt = row.settledDeletedAt;
        row.keptUntil = row.settledKeptUntil;
        row.wishedSize = null;
        row.wishedStorageGib = null;
        if (row.state == ServerState.DROPPING && row.deletedAt == null) {
            row.state = row.settled == null
                    ? ServerState.PROVISIONING
                    : row.settled == Wish.RUNNING ? ServerState.READY : ServerState.STOPPED;
        }
    }

    @Override
    public void state(UUID id, ServerState state, String note) {
        if (rows.containsKey(id)) {
            rows.get(id).state = state;
            rows.get(id).note = note;
        }
    }

    @Override
    public void observed(UUID id, Observation observation) {
        Row row = rows.get(id);
        row.seen = observation;
        row.state = switch (observation.state()) {
            case RUNNING -> ServerState.READY;
            case UNSTEADY -> ServerState.INACCESSIBLE;
            case ASLEEP -> ServerState.STOPPED;
            case STOPPED -> row.settled == Wish.STOPPED ? ServerState.STOPPED : ServerState.INACCESSIBLE;
            case ABSENT -> ServerState.DISABLED;
        };
    }

    @Override
    public void keep(UUID operationId, String text) {
        outputs.put(operationId, text);
    }

    @Override
    public Optional<Kept> find(UUID operationId) {
        return Optional.ofNullable(outputs.get(operationId)).map(text -> new Kept(text, null, null));
    }

    @Override
    public Optional<Turn> turn(UUID id) {
        return Optional.ofNullable(turns.poll());
    }

    @Override
    public void leaveLine(UUID id) {
        turns.clear();
    }

    @Override
    public void forget(UUID id) {
        rows.remove(id);
    }
}
