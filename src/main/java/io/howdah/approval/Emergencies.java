package io.howdah.approval;

import io.howdah.access.Holders;
import io.howdah.access.Permission;
import io.howdah.access.Scope;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.FlushModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Who acts without a second person just now. */
@Dependent
class Emergencies {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Holders holders;

    @Inject
    private Clock clock;

    /** The person's at the scope; not when they may no longer have it. */
    Optional<BreakGlass> of(UUID personId, Scope scope) {
        return all().stream()
                .filter(one -> one.personId.equals(personId))
                .filter(one -> one.teamId == null || one.teamId.equals(scope.teamId()))
                .filter(one -> holders.of(Permission.APPROVALS_BREAK_GLASS, one.scope())
                        .contains(personId))
                .findFirst();
    }

    List<BreakGlass> all() {
        return entities.createQuery(
                        "select b from BreakGlass b where b.endedAt is null and b.endsAt > :now order by b.beganAt",
                        BreakGlass.class)
                .setParameter("now", clock.instant())
                // Every change asks this, and none is to be written before its record.
                .setFlushMode(FlushModeType.COMMIT)
                .getResultList();
    }

    List<BreakGlass> over() {
        return entities.createQuery(
                        "select b from BreakGlass b where b.endedAt is null and b.endsAt <= :now", BreakGlass.class)
                .setParameter("now", clock.instant())
                .getResultList();
    }
}
