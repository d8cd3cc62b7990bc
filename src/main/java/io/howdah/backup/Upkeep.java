package io.howdah.backup;

import io.howdah.access.EventKind;
import io.howdah.access.Notice;
import io.howdah.access.Notices;
import io.howdah.engine.Archiving;
import io.howdah.engine.BackupKind;
import io.howdah.operation.Operations;
import io.howdah.server.Restores;
import io.howdah.server.ServerChanged;
import io.howdah.server.ServerFacts;
import io.howdah.server.ServerRegister;
import io.howdah.shared.Messages;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The transactions of the product's own housekeeping of backups. */
@Stateless
public class Upkeep {

    /** After a failure nobody is helped by trying again every minute. */
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMinutes(10);

    /** Scheduled ones at a time: the others follow as these end. */
    private static final int AT_ONCE = 4;

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private ServerRegister register;

    @Inject
    private Enrolment enrolment;

    @Inject
    private BackupStart start;

    @Inject
    private Operations operations;

    @Inject
    private Restores restores;

    @Inject
    private Instance<Notices> notices;

    @Inject
    private Event<ServerChanged> changes;

    @Inject
    private Clock clock;

    /** A server that is to be looked at. */
    public record Watched(
            UUID serverId, boolean runs, String lastSegment, Instant readAt, Instant expiredAt, boolean gone) {}

    /** Enrols the servers that are new, notes what has changed of the others, and which are gone. */
    public void enrolAll() {
        Map<UUID, ServerFacts> servers = register.all().stream()
                .filter(ServerFacts::created)
                .collect(Collectors.toMap(ServerFacts::id, Function.identity()));
        Map<UUID, RecoveryState> known = new HashMap<>();
        states().forEach(state -> known.put(state.serverId, state));
        servers.values().forEach(facts -> {
            RecoveryState state = known.get(facts.id());
            if (state == null) {
                enrolment.enrol(facts);
            } else if (state.know(facts)) {
                changes.fire(new ServerChanged(facts.id()));
            }
        });
        known.values().stream()
                .filter(state -> state.goneAt == null && !servers.containsKey(state.serverId))
                .forEach(state -> {
                    state.goneAt = clock.instant();
                    state.rests();
                });
    }

    /** @param place only the servers that lie there, or null for all */
    public List<Watched> watched(String place) {
        Set<UUID> running = register.all().stream()
                .filter(ServerFacts::runs)
                .map(ServerFacts::id)
                .collect(Collectors.toSet());
        return states().stream()
                .filter(state -> place == null || place.equals(state.node))
                .map(state -> new Watched(
                        state.serverId,
                        running.contains(state.serverId),
                        state.lastSegment,
                        state.readAt,
                        state.expiredAt,
                        state.goneAt != null))
                .toList();
    }

    private List<RecoveryState> states() {
        return entities.createQuery("select r from RecoveryState r", RecoveryState.class)
                .getResultList();
    }

    /** The servers a backup of which is due; the longest waiting ones first, no more than may run beside each other. */
    public List<UUID> due(String place) {
        Instant now = clock.instant();
        Map<UUID, RecoveryState> states = states().stream()
                .filter(state -> state.goneAt == null && (place == null || place.equals(state.node)))
                .collect(Collectors.toMap(state -> state.serverId, Function.identity()));
        Map<UUID, Due.Taken> taken = taken(states);
        Map<UUID, PolicyEntry> policies = entities.createQuery("select p from PolicyEntry p", PolicyEntry.class)
                .getResultStream()
                .collect(Collectors.toMap(policy -> policy.serverId, Function.identity()));
        return register.all().stream()
                .filter(server -> server.created() && server.runs() && states.containsKey(server.id()))
                .filter(server -> due(policies.get(server.id()), taken.get(server.id()), now)
                        .isPresent())
                .map(ServerFacts::id)
                .sorted(Comparator.comparing(
                        id -> taken.get(id).newest(), Comparator.nullsFirst(Comparator.naturalOrder())))
                .toList();
    }

    private Map<UUID, Due.Taken> taken(Map<UUID, RecoveryState> states) {
        Map<UUID, Instant> newest = new HashMap<>();
        Map<UUID, Instant> newestFull = new HashMap<>();
        // A row for each kind of each server, not for each of their backups.
        for (Object[] row : entities.createQuery("""
                        select b.serverId, b.kind, max(b.startedAt) from BackupEntry b
                        where b.label is not null and b.serverId in :servers group by b.serverId, b.kind""", Object[].class)
                .setParameter("servers", states.isEmpty() ? Set.of(new UUID(0, 0)) : states.keySet())
                .getResultList()) {
            UUID server = (UUID) row[0];
            newest.merge(server, (Instant) row[2], Upkeep::later);
            if (row[1] == BackupKind.FULL) {
                newestFull.put(server, (Instant) row[2]);
            }
        }
        Map<UUID, Due.Taken> taken = new HashMap<>();
        states.forEach(
                (id, state) -> taken.put(id, new Due.Taken(newest.get(id), newestFull.get(id), state.fullWantedSince)));
        return taken;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Optional<Due> due(PolicyEntry policy, Due.Taken taken, Instant now) {
        return policy == null ? Optional.empty() : Due.of(policy.policy(), policy.changedAt, taken, now);
    }

    /**
     * Begins the backup that is due, unless one is under way or failed a moment ago.
     *
     * @return whether one was begun
     */
    public boolean begin(UUID serverId) {
        RecoveryState state = entities.find(RecoveryState.class, serverId, LockModeType.PESSIMISTIC_WRITE);
        Instant now = clock.instant();
        Instant failed = operations.lastFailure(serverId, BackUpServer.KIND);
        if (state == null || failed != null && failed.isAfter(now.minus(PAUSE_AFTER_FAILURE))) {
            return false;
        }
        Optional<Due> due = due(
                entities.find(PolicyEntry.class, serverId),
                taken(Map.of(serverId, state)).get(serverId),
                now);
        boolean full = due.isPresent() && due.get().origin() == Origin.SCHEDULED && scheduledUnderWay() >= AT_ONCE;
        return due.isPresent()
                && !full
                && start.begin(state.subject(), due.get(), null, Operations.itself())
                        .isPresent();
    }

    private long scheduledUnderWay() {
        return entities.createQuery(
                        "select count(b) from BackupEntry b where b.label is null and b.origin = :origin", Long.class)
                .setParameter("origin", Origin.SCHEDULED)
                .getSingleResult();
    }

    /** Writes down how a running server's archiving goes, if that is news, and tells people what they should know. */
    public boolean saw(UUID serverId, Archiving seen) {
        RecoveryState known = entities.find(RecoveryState.class, serverId);
        if (known == null || !known.news(seen)) {
            return false;
        }
        RecoveryState state = entities.find(RecoveryState.class, serverId, LockModeType.PESSIMISTIC_WRITE);
        entities.refresh(state);
        Instant now = clock.instant();
        state.see(seen, now);
        judge(state, now);
        changes.fire(new ServerChanged(serverId));
        return true;
    }

    /** A server that does not run has nothing that could get lost on the way. */
    public void rests(UUID serverId) {
        RecoveryState state = entities.find(RecoveryState.class, serverId);
        if (state != null && (state.waiting > 0 || state.failingSince != null)) {
            state.rests();
            judge(state, clock.instant());
        }
    }

    private void judge(RecoveryState state, Instant now) {
        boolean failing = state.failing(now);
        if (failing && !state.toldFailing) {
            tell(state, EventKind.BACKUP_FAILED, "backup.notice.archiving", state.failingSince);
        }
        state.toldFailing = failing;
        boolean old = state.old(now);
        if (old && !state.toldOld) {
            tell(
                    state,
                    EventKind.RECOVERY_POINT_OLD,
                    "backup.notice.old",
                    state.archivedAt == null ? state.createdAt : state.archivedAt);
        }
        state.toldOld = old;
    }

    /** Tells once when backups have grown beyond what they are given for nothing. */
    public void judgeRoom(UUID serverId) {
        RecoveryState known = entities.find(RecoveryState.class, serverId);
        if (known == null || known.overRoom() == known.toldRoom) {
            return;
        }
        RecoveryState state = entities.find(RecoveryState.class, serverId, LockModeType.PESSIMISTIC_WRITE);
        entities.refresh(state);
        if (state.overRoom() && !state.toldRoom) {
            tell(state, EventKind.BACKUP_FAILED, "backup.notice.room", clock.instant());
        }
        state.toldRoom = state.overRoom();
    }

    private void tell(RecoveryState state, EventKind kind, String text, Instant since) {
        if (notices.isResolvable()) {
            notices.get()
                    .tell(new Notice(
                            kind,
                            state.teamId,
                            state.serverId,
                            state.name,
                            Messages.text(text, state.name),
                            Messages.text(text + ".text", RestorePoints.words(since)),
                            "servers/" + state.name + "/backups",
                            null));
        }
    }

    /** When nothing of a repository is needed any more although its server is gone: that it may go too. */
    public boolean over(UUID serverId, Retention retention) {
        RecoveryState state = entities.find(RecoveryState.class, serverId);
        return state != null
                && state.goneAt != null
                && retention.over(state.lastInstant(), state.goneAt)
                && !start.underWay(serverId);
    }

    public void expired(UUID serverId) {
        RecoveryState state = entities.find(RecoveryState.class, serverId, LockModeType.PESSIMISTIC_WRITE);
        if (state != null) {
            state.expiredAt = clock.instant();
        }
    }

    /** Nothing remains of the server but operations and audit records. */
    public void forgotten(UUID serverId) {
        for (String entity : List.of("BackupEntry", "PolicyEntry", "RecoveryState", "Rehearsal", "RehearsalCheck")) {
            entities.createQuery("delete from " + entity + " e where e.serverId = :server")
                    .setParameter("server", serverId)
                    .executeUpdate();
        }
    }

    /** Begins to remove what restores in place have replaced, where the time to go back is over; says how many. */
    public int confirmOverdue() {
        List<Restoration> overdue = entities.createQuery(
                        "select r from Restoration r where r.state = :kept and r.keptUntil < :now", Restoration.class)
                .setParameter("kept", Restoration.State.KEPT)
                .setParameter("now", clock.instant())
                .getResultList();
        for (Restoration restoration : overdue) {
            RecoveryState state = entities.find(RecoveryState.class, restoration.serverId);
            if (state == null || state.goneAt != null) {
                restoration.state = Restoration.State.CONFIRMED;
            } else {
                restoration.state = Restoration.State.DISCARDING;
                restores.confirm(state.subject(), restoration.id, Operations.itself());
            }
        }
        return overdue.size();
    }
}
