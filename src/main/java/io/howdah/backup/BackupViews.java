package io.howdah.backup;

import io.howdah.engine.BackupEngine;
import io.howdah.engine.Engine;
import io.howdah.engine.RecoverySpan;
import io.howdah.server.ServerFacts;
import io.howdah.server.ServerRegister;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** What is written down about backups, put together for people. */
@Dependent
class BackupViews {

    private static final Set<Restoration.State> HELD =
            Set.of(Restoration.State.KEPT, Restoration.State.GOING_BACK, Restoration.State.DISCARDING);

    /** A server's backups in sum. */
    private record Sum(Instant newest, boolean underWay) {

        static final Sum NONE = new Sum(null, false);
    }

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private ServerRegister register;

    @Inject
    private Engine engine;

    @Inject
    private Clock clock;

    ServerBackups one(RecoveryState state) {
        PolicyEntry policy = entities.find(PolicyEntry.class, state.serverId);
        boolean running = running(state.serverId);
        List<BackupView> backups = backups(state.serverId);
        return new ServerBackups(
                state.serverId,
                state.name,
                state.teamId,
                state.goneAt != null,
                state.goneAt != null || state.deletedAt != null,
                running,
                state.majorVersion,
                state.sizeCode,
                state.storageGib,
                state.administratorLogin,
                policy == null ? null : policy.policy(),
                policy == null || !running ? null : policy.policy().nextSlot(clock.instant()),
                backups,
                state.spans(),
                health(
                        state,
                        backups.stream()
                                .map(BackupView::endedAt)
                                .filter(Objects::nonNull)
                                .max(Instant::compareTo)
                                .orElse(null)),
                former(state.serverId));
    }

    /** Of a server that has not been made yet, or whose place takes no backups. */
    static ServerBackups none(ServerFacts server) {
        return new ServerBackups(
                server.id(),
                server.name(),
                server.teamId(),
                false,
                server.deletedAt() != null,
                server.runs(),
                server.majorVersion(),
                server.sizeCode(),
                server.storageGib(),
                server.administratorLogin(),
                null,
                null,
                List.of(),
                List.of(),
                new ServerBackups.Health(null, null, 0, null, false, 0, false, null),
                null);
    }

    boolean running(UUID serverId) {
        return register.find(serverId).filter(ServerFacts::runs).isPresent();
    }

    /** Newest first. */
    List<BackupView> backups(UUID serverId) {
        return entities.createQuery(
                        "select b from BackupEntry b where b.serverId = :server order by b.askedAt desc",
                        BackupEntry.class)
                .setParameter("server", serverId)
                .getResultStream()
                .map(BackupEntry::view)
                .sorted(Comparator.comparing(BackupViews::begun).reversed())
                .toList();
    }

    private static Instant begun(BackupView backup) {
        return backup.startedAt() == null ? backup.askedAt() : backup.startedAt();
    }

    private ServerBackups.Health health(RecoveryState state, Instant newest) {
        return new ServerBackups.Health(
                newest,
                state.archivedAt,
                state.waiting,
                state.failingSince,
                state.old(clock.instant()),
                state.repositoryBytes,
                state.overRoom(),
                engine.backups()
                        .flatMap(BackupEngine::remote)
                        .map(place -> new ServerBackups.Remote(
                                place,
                                state.remoteBackupAt,
                                state.remoteArchivedAt,
                                state.remoteWaiting,
                                state.remoteFailingSince,
                                state.remoteTrouble,
                                state.remoteBytes,
                                state.remoteOperation))
                        .orElse(null));
    }

    private ServerBackups.Former former(UUID serverId) {
        return entities.createQuery(
                        "select r from Restoration r where r.serverId = :server and r.state in :held order by r.askedAt desc",
                        Restoration.class)
                .setParameter("server", serverId)
                .setParameter("held", HELD)
                .setMaxResults(1)
                .getResultStream()
                .findFirst()
                .map(restoration -> new ServerBackups.Former(
                        restoration.id,
                        restoration.endedAt,
                        restoration.targetAt,
                        restoration.keptUntil,
                        restoration.state != Restoration.State.KEPT))
                .orElse(null);
    }

    /** What needs somebody first, then by name. */
    List<FleetRow> fleet(Collection<RecoveryState> states, Map<UUID, String> teams) {
        Set<UUID> running = register.all().stream()
                .filter(ServerFacts::runs)
                .map(ServerFacts::id)
                .collect(Collectors.toSet());
        Map<UUID, Sum> backups = sums();
        Map<UUID, RehearsalView> rehearsed = rehearsed();
        return states.stream()
                .map(state -> row(
                        state,
                        backups.getOrDefault(state.serverId, Sum.NONE),
                        teams.get(state.teamId),
                        running.contains(state.serverId),
                        rehearsed.get(state.serverId)))
                .sorted(Comparator.comparing(FleetRow::standing)
                        .thenComparing(FleetRow::name, String.CASE_INSENSITIVE_ORDER))
                .toList();
    }

    /** One row a server, not one a backup. */
    private Map<UUID, Sum> sums() {
        return entities.createQuery("""
                        select b.serverId, max(b.endedAt), sum(case when b.label is null then 1 else 0 end)
                        from BackupEntry b group by b.serverId""", Object[].class)
                .getResultStream()
                .collect(Collectors.toMap(
                        row -> (UUID) row[0], row -> new Sum((Instant) row[1], ((Number) row[2]).intValue() > 0)));
    }

    /** The newest that has ended, of each server. */
    private Map<UUID, RehearsalView> rehearsed() {
        return entities.createQuery("""
                        select r from Rehearsal r where r.state <> :open and r.askedAt = (select max(o.askedAt)
                        from Rehearsal o where o.serverId = r.serverId and o.state <> :open)""", Rehearsal.class)
                .setParameter("open", RehearsalView.State.UNDER_WAY)
                .getResultStream()
                .collect(Collectors.toMap(one -> one.serverId, Rehearsal::view, (one, other) -> one));
    }

    private FleetRow row(RecoveryState state, Sum backups, String team, boolean running, RehearsalView rehearsed) {
        return new FleetRow(
                state.serverId,
                state.name,
                state.teamId,
                team,
                state.deletedAt,
                state.goneAt,
                running,
                health(state, backups.newest()),
                state.spans().stream()
                        .map(RecoverySpan::from)
                        .min(Instant::compareTo)
                        .orElse(null),
                state.lastInstant(),
                state.storageGib,
                backups.underWay(),
                rehearsed);
    }
}
