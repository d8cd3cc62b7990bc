package io.howdah.server;

import io.howdah.access.Access;
import io.howdah.access.Caller;
import io.howdah.access.Permission;
import io.howdah.access.Scope;
import io.howdah.access.Target;
import io.howdah.access.Teams;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** How much a team may have. The team sees it; the installation sets it. */
@Stateless
public class QuotaService {

    private static final double MOST = 1e9;

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Access access;

    @Inject
    private Teams teams;

    @Inject
    private Quotas quotas;

    @Inject
    private Clock clock;

    /** @throws io.howdah.shared.ProblemException NotFound, also when the caller may not see the team's servers */
    public QuotaView of(UUID teamId) {
        Target team = require(teamId);
        QuotaStanding standing = quotas.standing(teamId);
        return new QuotaView(
                teamId,
                team.name(),
                Arrays.stream(QuotaKind.values())
                        .map(kind -> new QuotaView.Line(
                                kind,
                                standing.limits().get(kind),
                                standing.used().get(kind)))
                        .toList());
    }

    /** What the team has too little left of for another server; empty also for who may not make one there. */
    public Optional<Problem> check(UUID teamId, String sizeCode, int storageGib) {
        boolean may = access.reach(Permission.SERVERS_CREATE).includes(Scope.team(teamId));
        return Sizes.find(sizeCode).filter(size -> may && teams.exists(teamId)).flatMap(size -> quotas.standing(teamId)
                .lacking(size.code(), QuotaAmounts.server(HostRoom.Share.of(size), storageGib, true)));
    }

    /**
     * Sets what a team may have, in each kind's own unit. A kind that is left out is not limited. What the team has
     * already it keeps, also when it is more than that.
     *
     * @throws io.howdah.shared.ProblemException QuotaOutOfRange, NotFound
     */
    public void set(UUID teamId, Map<QuotaKind, Double> limits) {
        limits.forEach((kind, amount) -> {
            if (amount == null || !(amount >= 0 && amount <= MOST)) {
                throw Problem.of(ProblemCode.QuotaOutOfRange, kind.title())
                        .at(kind.name())
                        .raise();
            }
        });
        Target team = require(teamId);
        Map<QuotaKind, Double> before = quotas.limits(teamId);
        Caller caller = access.change(
                Permission.QUOTAS_WRITE,
                Scope.INSTALLATION,
                team,
                Map.of("before", words(before), "after", words(limits)));
        for (QuotaKind kind : QuotaKind.values()) {
            set(teamId, kind, limits.get(kind), caller);
        }
    }

    private void set(UUID teamId, QuotaKind kind, Double amount, Caller caller) {
        QuotaEntry entry = entities.find(QuotaEntry.class, new QuotaEntry.Key(teamId, kind));
        if (amount == null) {
            if (entry != null) {
                entities.remove(entry);
            }
            return;
        }
        boolean first = entry == null;
        if (first) {
            entry = new QuotaEntry();
            entry.teamId = teamId;
            entry.kind = kind;
        } else if (entry.amount == amount) {
            return;
        }
        entry.amount = amount;
        entry.setBy = caller.name();
        entry.setAt = clock.instant();
        if (first) {
            entities.persist(entry);
        }
    }

    private static String words(Map<QuotaKind, Double> limits) {
        return limits.isEmpty() ? "{}" : new TreeMap<>(new EnumMap<>(limits)).toString();
    }

    private Target require(UUID teamId) {
        String name = teamId == null ? null : teams.names().get(teamId);
        if (name == null
                || !access.sees(Permission.SERVERS_READ, Scope.team(teamId), new Target("team", teamId, name))) {
            throw Problem.of(ProblemCode.NotFound, "team", String.valueOf(teamId))
                    .raise();
        }
        return new Target("team", teamId, name);
    }
}
