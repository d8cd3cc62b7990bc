package io.howdah.backup;

import io.howdah.engine.ServerKey;
import io.howdah.maintenance.MaintenanceWindows;
import io.howdah.operation.Operations;
import io.howdah.server.ServerFacts;
import io.howdah.server.ServerRegister;
import io.howdah.shared.ProblemException;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The transactions of rehearsals that nobody asks for. */
@Stateless
public class RehearsalUpkeep {

    /** For one that there was no room for: somebody may have made some by then. */
    private static final Duration ANOTHER_DAY = Duration.ofDays(1);

    private static final Duration PAUSE_AFTER_CANCEL = Duration.ofMinutes(30);
    private static final Duration REMEMBERED = Duration.ofDays(30);

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private ServerRegister register;

    @Inject
    private RehearsalStart start;

    @Inject
    private MaintenanceWindows windows;

    @Inject
    private Operations operations;

    @Inject
    private Clock clock;

    /** The servers a rehearsal of which is due, the longest waiting one of each host, where none is at work. */
    public List<UUID> due() {
        Instant now = clock.instant();
        Map<UUID, RecoveryState> states = entities.createQuery(
                        "select r from RecoveryState r where r.goneAt is null and r.deletedAt is null",
                        RecoveryState.class)
                .getResultStream()
                .collect(Collectors.toMap(state -> state.serverId, Function.identity()));
        Map<UUID, PolicyEntry> policies = entities.createQuery("select p from PolicyEntry p", PolicyEntry.class)
                .getResultStream()
                .collect(Collectors.toMap(policy -> policy.serverId, Function.identity()));
        Set<String> busy = new HashSet<>(
                entities.createQuery("select coalesce(r.node, '') from Rehearsal r where r.state = :open", String.class)
                        .setParameter("open", RehearsalView.State.UNDER_WAY)
                        .getResultList());
        Map<UUID, Instant> last = last(now);
        List<RecoveryState> due = register.all().stream()
                .filter(ServerFacts::created)
                .map(server -> states.get(server.id()))
                .filter(Objects::nonNull)
                .filter(state -> due(policies.get(state.serverId), state, last.get(state.serverId), now))
                .sorted(Comparator.comparing(
                        state -> last.get(state.serverId), Comparator.nullsFirst(Comparator.naturalOrder())))
                .toList();
        List<UUID> next = new ArrayList<>();
        for (RecoveryState state : due) {
            if (busy.add(state.node == null ? "" : state.node)) {
                next.add(state.serverId);
            }
        }
        return next;
    }

    private boolean due(PolicyEntry policy, RecoveryState state, Instant last, Instant now) {
        if (policy == null || state.spans().isEmpty()) {
            return false;
        }
        Instant changed = policy.rehearsalChangedAt;
        Instant since = changed != null && changed.isAfter(state.createdAt) ? changed : state.createdAt;
        return policy.rehearsals(windows.of(state.serverId)).due(since, last, now);
    }

    /** When each server was rehearsed last; one that there was no room for counts for a day. */
    private Map<UUID, Instant> last(Instant now) {
        Map<UUID, Instant> last = new HashMap<>();
        for (Object[] row : entities.createQuery(
                        "select r.serverId, max(r.askedAt) from Rehearsal r where r.state <> :deferred or r.askedAt > :dayAgo group by r.serverId",
                        Object[].class)
                .setParameter("deferred", RehearsalView.State.DEFERRED)
                .setParameter("dayAgo", now.minus(ANOTHER_DAY))
                .getResultList()) {
            last.put((UUID) row[0], (Instant) row[1]);
        }
        return last;
    }

    /**
     * Begins the rehearsal that is due, unless something else goes on with the server or one was taken back a moment ago.
     *
     * @return whether one was begun
     */
    public boolean begin(UUID serverId) {
        RecoveryState state = entities.find(RecoveryState.class, serverId, LockModeType.PESSIMISTIC_WRITE);
        Instant now = clock.instant();
        boolean again = state != null
                && state.rehearsalCancelledAt != null
                && state.rehearsalCancelledAt.isAfter(now.minus(PAUSE_AFTER_CANCEL));
        if (state == null || again || operations.open(serverId)) {
            return false;
        }
        try {
            start.begin(state, Operations.itself(), true);
            return true;
        } catch (ProblemException notNow) {
            return false;
        }
    }

    /** Of these, the throw-away servers of rehearsals that have ended and so should be gone. */
    public List<ServerKey> leftBehind(Collection<ServerKey> there) {
        Instant since = clock.instant().minus(REMEMBERED);
        return entities.createQuery(
                        "select r from Rehearsal r where r.state <> :open and r.endedAt > :since", Rehearsal.class)
                .setParameter("open", RehearsalView.State.UNDER_WAY)
                .setParameter("since", since)
                .getResultStream()
                .filter(rehearsal -> there.contains(rehearsal.copy()) && !retried(rehearsal))
                .map(Rehearsal::copy)
                .toList();
    }

    private boolean retried(Rehearsal rehearsal) {
        Optional<Operations.Asked> asked = operations.lastAsked(rehearsal.serverId, Set.of(RehearseBackup.KIND));
        return asked.isPresent();
    }
}
