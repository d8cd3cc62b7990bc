package io.howdah.server;

import io.howdah.engine.Endpoints;
import io.howdah.engine.Observation;
import io.howdah.engine.ServerKey;
import io.howdah.engine.Specification;
import io.howdah.operation.Subject;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.OneToMany;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A PostgreSQL server that somebody asked for. What they wish ({@link #wished}, the deletion) and what was seen of it
 * ({@link #state} and below) are separate; neither is guessed from the other. While operations wait in line, what it has
 * been brought to so far ({@link #settledWish} and below) lags behind the wish: that is what a failed one goes back to.
 */
@Entity
@Table(name = "server")
class Server {

    @Id
    UUID id;

    @Column(name = "team_id")
    UUID teamId;

    @Column(name = "project_id")
    UUID projectId;

    String name;

    /** What it will be when all that was asked has been done. */
    @Enumerated(EnumType.STRING)
    Wish wished;

    /** What the operations that have ended brought it to; null until its creation has succeeded. */
    @Enumerated(EnumType.STRING)
    @Column(name = "settled_wish")
    Wish settledWish;

    @Column(name = "settled_deleted_at")
    Instant settledDeletedAt;

    @Column(name = "settled_kept_until")
    Instant settledKeptUntil;

    /** The home of the node whose host it lies on; null when any node can work on it. */
    String node;

    @Enumerated(EnumType.STRING)
    ServerState state;

    String note;

    @Column(name = "major_version")
    int majorVersion;

    @Column(name = "full_version")
    String fullVersion;

    @Column(name = "size_code")
    String sizeCode;

    /** The one it will have when all that was asked has been done; null when that is the one it has. */
    @Column(name = "wished_size")
    String wishedSize;

    @Column(name = "storage_gib")
    int storageGib;

    /** What it will have when all that was asked has been done; null when that is what it has. */
    @Column(name = "wished_storage_gib")
    Integer wishedStorageGib;

    @Column(name = "administrator_login")
    String administratorLogin;

    @Column(name = "first_database")
    String firstDatabase;

    String host;

    @Column(name = "pooled_port")
    Integer pooledPort;

    @Column(name = "direct_port")
    Integer directPort;

    @Column(name = "started_at")
    Instant startedAt;

    @Column(name = "observed_at")
    Instant observedAt;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "created_by")
    String createdBy;

    /** Since when it ends so often that it is not brought back at once any more. */
    @Column(name = "degraded_since")
    Instant degradedSince;

    @Column(name = "deleted_at")
    Instant deletedAt;

    @Column(name = "kept_until")
    Instant keptUntil;

    @ElementCollection
    @CollectionTable(name = "server_tag", joinColumns = @JoinColumn(name = "server_id"))
    @MapKeyColumn(name = "name")
    @Column(name = "value")
    Map<String, String> tags = new HashMap<>();

    @ElementCollection
    @CollectionTable(name = "server_network", joinColumns = @JoinColumn(name = "server_id"))
    @Column(name = "network")
    List<String> allowedNetworks = new ArrayList<>();

    /** Its own, and those of its project and its team. */
    @OneToMany
    @JoinColumn(name = "locked_server_id", insertable = false, updatable = false)
    List<ServerLock> locks = new ArrayList<>();

    @Version
    int version;

    /** What its people want it to do. */
    enum Wish {
        RUNNING,
        STOPPED
    }

    Subject subject() {
        return new Subject(id, name, teamId, node);
    }

    ServerKey key() {
        return new ServerKey(id);
    }

    Specification specification() {
        return new Specification(
                name, majorVersion, Sizes.of(sizeCode).compute(), storageGib, List.copyOf(allowedNetworks));
    }

    SizedServer sized() {
        Size size = Sizes.of(sizeCode);
        return new SizedServer(id, name, teamId, size, wishedSize == null ? size : Sizes.of(wishedSize));
    }

    /** What it must be able to have, now and when what was asked has been done. */
    HostRoom.Share promised() {
        return HostRoom.Share.of(sized().size()).most(HostRoom.Share.of(sized().wished()));
    }

    /** What it counts for among what its team may have. */
    QuotaAmounts quotaShare() {
        StoredServer storage = stored();
        return QuotaAmounts.server(
                promised(), Math.max(storage.storageGib(), storage.wishedGib()), wished == Wish.RUNNING);
    }

    /** Whether it rests and wakes when somebody connects: one that was stopped has nothing to be said about it. */
    boolean asleep() {
        return state == ServerState.STOPPED && wished == Wish.RUNNING && note != null;
    }

    StoredServer stored() {
        return new StoredServer(id, name, teamId, storageGib, wishedStorageGib == null ? storageGib : wishedStorageGib);
    }

    Standing standing() {
        return new Standing(
                id,
                wished,
                state,
                note,
                fullVersion,
                startedAt,
                host,
                pooledPort,
                directPort,
                deletedAt,
                degradedSince,
                settledWish,
                settledDeletedAt);
    }

    /** Takes over what was seen. */
    void see(Observation seen, Instant now) {
        Standing before = standing();
        state = before.stateOf(seen);
        note = seen.note();
        if (!Standing.sameStart(startedAt, seen.startedAt())) {
            startedAt = seen.startedAt();
        }
        observedAt = now;
        if (seen.version() != null) {
            fullVersion = seen.version();
        }
        if (seen.endpoints() != null) {
            host = seen.endpoints().host();
            pooledPort = seen.endpoints().pooledPort();
            directPort = seen.endpoints().directPort();
        }
    }

    List<LockView> lockViews() {
        return locks.stream().map(ServerLock::view).toList();
    }

    Endpoints endpoints() {
        return host == null ? null : new Endpoints(host, pooledPort, directPort);
    }

    ServerView view(String teamName, String projectName) {
        return new ServerView(
                id,
                name,
                teamId,
                teamName,
                projectId,
                projectName,
                state,
                note,
                majorVersion,
                fullVersion,
                Sizes.of(sizeCode),
                storageGib,
                administratorLogin,
                firstDatabase,
                endpoints(),
                List.copyOf(allowedNetworks),
                new TreeMap<>(tags),
                lockViews(),
                createdAt,
                createdBy,
                startedAt,
                degradedSince,
                deletedAt,
                keptUntil,
                wished == Wish.RUNNING);
    }
}
