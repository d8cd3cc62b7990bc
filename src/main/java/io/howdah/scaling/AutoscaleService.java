package io.howdah.scaling;

import io.howdah.access.Access;
import io.howdah.access.Caller;
import io.howdah.access.Permission;
import io.howdah.access.Scope;
import io.howdah.access.Target;
import io.howdah.monitoring.UsageLog;
import io.howdah.server.ServerSizing;
import io.howdah.server.Size;
import io.howdah.server.SizedServer;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.ejb.Stateless;
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

/** Whether and how the sizes of servers follow their load, and what that would have meant for the last week. */
@Stateless
public class AutoscaleService {

    private static final int TARGET_CPU = 70;
    private static final int TARGET_MEMORY = 80;
    private static final int COOL_DOWN_MINUTES = 30;
    private static final Duration WEEK = Duration.ofDays(7);

    /** No week has so many. */
    private static final int CHANGES = 2000;

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Access access;

    @Inject
    private ServerSizing sizing;

    @Inject
    private UsageLog usage;

    @Inject
    private ComputePrices prices;

    @Inject
    private Clock clock;

    /** @throws io.howdah.shared.ProblemException NotFound */
    public AutoscaleView view(UUID serverId) {
        SizedServer server = visible(sizing.find(serverId), serverId);
        Autoscale kept = entities.find(Autoscale.class, serverId);
        List<Size> choices = choices();
        return kept == null
                ? new AutoscaleView(false, proposal(server.size(), choices), choices, null, null)
                : new AutoscaleView(kept.active, kept.policy(), choices, kept.verdict, kept.verdictAt);
    }

    private List<Size> choices() {
        return sizing.fitting().stream().filter(size -> !size.burstable()).toList();
    }

    private static AutoscalePolicy proposal(Size now, List<Size> choices) {
        Size min = choices.contains(now) || choices.isEmpty() ? now : choices.getFirst();
        Size max = choices.stream()
                .filter(size -> AutoscaleDecision.larger(size, min))
                .reduce((one, next) -> AutoscaleDecision.larger(next, one) ? next : one)
                .orElse(min);
        return new AutoscalePolicy(min.code(), max.code(), TARGET_CPU, TARGET_MEMORY, COOL_DOWN_MINUTES, null);
    }

    /**
     * Switches it on or off, and says how it is done.
     *
     * @throws io.howdah.shared.ProblemException SizeUnknown, AutoscaleSizeBurstable, AutoscaleBoundsInvalid,
     *     AutoscaleOutOfRange, AutoscaleCeilingTooLow, NotFound
     */
    public void set(UUID serverId, boolean active, AutoscalePolicy policy) {
        raise(check(policy));
        SizedServer server = visible(sizing.hold(serverId), serverId);
        Autoscale kept = entities.find(Autoscale.class, serverId, LockModeType.PESSIMISTIC_WRITE);
        Caller caller = access.change(
                Permission.SERVERS_AUTOSCALE,
                Scope.server(server.teamId(), server.id()),
                new Target("server", server.id(), server.name()),
                Map.of("before", words(kept), "after", words(active, policy)));
        Autoscale now = kept == null ? new Autoscale() : kept;
        now.serverId = serverId;
        now.active = active;
        now.as(policy);
        now.changedAt = clock.instant();
        now.changedBy = caller.name();
        now.verdict = null;
        now.verdictAt = null;
        if (kept == null) {
            entities.persist(now);
        }
    }

    private Optional<Problem> check(AutoscalePolicy policy) {
        return policy.check(sizing.require(policy.minSize()), sizing.require(policy.maxSize()), prices);
    }

    private static String words(Autoscale kept) {
        return kept == null ? "off" : words(kept.active, kept.policy());
    }

    private static String words(boolean active, AutoscalePolicy policy) {
        String how = policy.minSize() + " to " + policy.maxSize() + ", CPU " + policy.targetCpuPercent() + " %, memory "
                + policy.targetMemoryPercent() + " %, cool-down " + policy.coolDownMinutes() + " min";
        String ceiling = policy.monthlyCeiling() == null
                ? ""
                : ", at most " + policy.monthlyCeiling().toPlainString() + " a month";
        return (active ? "on: " : "off: ") + how + ceiling;
    }

    /**
     * What the policy would have done with the load of the last week.
     *
     * @throws io.howdah.shared.ProblemException as {@link #set}
     */
    public SimulationView simulate(UUID serverId, AutoscalePolicy policy) {
        raise(check(policy));
        SizedServer server = visible(sizing.find(serverId), serverId);
        Instant now = clock.instant();
        List<Size> ladder = AutoscalePolicy.ladder(
                sizing.all(), sizing.require(policy.minSize()), sizing.require(policy.maxSize()));
        SizeHistory sizes = SizeHistory.of(server.size(), sizing.changes(serverId, CHANGES), sizing.all());
        return new AutoscaleSimulation(policy, ladder, prices)
                .run(usage.of(serverId, now.minus(WEEK)), sizes, now.minus(WEEK), now);
    }

    private SizedServer visible(Optional<SizedServer> found, UUID serverId) {
        return found.filter(server -> access.sees(
                        Permission.SERVERS_READ,
                        Scope.server(server.teamId(), server.id()),
                        new Target("server", server.id(), server.name())))
                .orElseThrow(() -> Problem.of(ProblemCode.NotFound, "server", String.valueOf(serverId))
                        .raise());
    }

    private static void raise(Optional<Problem> problem) {
        problem.ifPresent(found -> {
            throw found.raise();
        });
    }
}
