package io.howdah.backup;

import io.howdah.shared.Json;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** {@link RehearsalRecords} in the metadata database. */
@ApplicationScoped
@Transactional(Transactional.TxType.REQUIRES_NEW)
class RehearsalTable implements RehearsalRecords {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Clock clock;

    @Override
    public Optional<String> turn(UUID id) {
        Rehearsal own = entities.find(Rehearsal.class, id);
        if (own == null) {
            return Optional.empty();
        }
        // All that are open on the host are held, in one order: so two can't both find themselves alone.
        List<Rehearsal> open = entities.createQuery(
                        "select r from Rehearsal r where (r.state = :open or r.id = :id) order by r.id",
                        Rehearsal.class)
                .setParameter("open", RehearsalView.State.UNDER_WAY)
                .setParameter("id", id)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList();
        open.forEach(entities::refresh);
        for (Rehearsal other : open) {
            boolean atWork = other.state == RehearsalView.State.UNDER_WAY && other.begunAt != null;
            if (atWork && !other.id.equals(id) && Objects.equals(other.node, own.node)) {
                return Optional.of(Optional.ofNullable(entities.find(RecoveryState.class, other.serverId))
                        .map(state -> state.name)
                        .orElse(""));
            }
        }
        // A retry begins anew.
        own.state = RehearsalView.State.UNDER_WAY;
        own.begunAt = clock.instant();
        return Optional.empty();
    }

    @Override
    public Instant mark(UUID id, Instant now) {
        change(id, own -> own.markedAt = own.markedAt == null ? now : own.markedAt);
        return marked(id);
    }

    @Override
    public Instant marked(UUID id) {
        Rehearsal own = entities.find(Rehearsal.class, id);
        return own == null ? null : own.markedAt;
    }

    @Override
    public void recoveryPoint(UUID id, Duration age) {
        change(id, own -> own.recoveryPointSeconds = seconds(age));
    }

    @Override
    public void restored(UUID id, Duration took) {
        change(id, own -> own.restoreSeconds = seconds(took));
    }

    @Override
    public void recovered(UUID id, Duration took) {
        change(id, own -> own.recoverSeconds = seconds(took));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    @Override
    public List<SqlCheck> checks(UUID serverId) {
        return entities.createQuery(
                        "select c from RehearsalCheck c where c.serverId = :server order by c.position",
                        RehearsalCheck.class)
                .setParameter("server", serverId)
                .getResultStream()
                .map(RehearsalCheck::check)
                .toList();
    }

    @Override
    public void checked(UUID id, List<CheckResult> results) {
        change(id, own -> own.checks = Json.write(results));
    }

    private void change(UUID id, Consumer<Rehearsal> change) {
        Optional.ofNullable(entities.find(Rehearsal.class, id, LockModeType.PESSIMISTIC_WRITE))
                .ifPresent(change);
    }
}
