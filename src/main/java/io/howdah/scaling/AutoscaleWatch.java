package io.howdah.scaling;

import io.howdah.monitoring.UsageLog;
import io.howdah.monitoring.UsageSample;
import io.howdah.monitoring.UsageSampled;
import io.howdah.operation.Operations;
import io.howdah.scaling.AutoscaleDecision.Limit;
import io.howdah.scaling.AutoscaleDecision.Rule;
import io.howdah.scaling.AutoscaleDecision.Situation;
import io.howdah.schedule.ScheduledWork;
import io.howdah.server.ServerSizing;
import io.howdah.server.Size;
import io.howdah.server.SizeChangeView;
import io.howdah.server.SizeOffer;
import io.howdah.server.SizedServer;
import io.howdah.shared.Messages;
import io.howdah.shared.ProblemException;
import io.howdah.shared.Sql;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** Looks each minute whether the servers that follow their load should have another size. */
@ApplicationScoped
class AutoscaleWatch {

    private static final Logger LOG = Logger.getLogger(AutoscaleWatch.class.getName());

    /** A little more than the longest cool-down. */
    static final Duration SEEN = Duration.ofMinutes(AutoscalePolicy.MAX_COOL_DOWN + 5);

    @PersistenceContext
    private EntityManager entities;

    @Resource(lookup = "jdbc/howdah")
    private DataSource dataSource;

    @Inject
    private UsageLog usage;

    @Inject
    private ServerSizing sizing;

    @Inject
    private Operations operations;

    @Inject
    private ScheduledWork timetables;

    @Inject
    private ComputePrices prices;

    @Inject
    private AutoscaleStart start;

    @Inject
    private Clock clock;

    void follow(@Observes UsageSampled minute) {
        Set<UUID> sampled =
                minute.servers().stream().map(one -> one.server().id()).collect(Collectors.toSet());
        List<Autoscale> following = entities.createQuery(
                        "select a from Autoscale a where a.active = true", Autoscale.class)
                .getResultStream()
                .filter(one -> sampled.contains(one.serverId))
                .toList();
        if (following.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        Map<UUID, List<UsageSample>> samples =
                usage.of(following.stream().map(one -> one.serverId).toList(), now.minus(SEEN));
        // What changes a server now may be the change that was decided on before.
        Set<UUID> changing = operations.changingSubjects();
        for (Autoscale one : following) {
            if (!changing.contains(one.serverId)) {
                follow(one, samples.getOrDefault(one.serverId, List.of()), now);
            }
        }
    }

    private void follow(Autoscale one, List<UsageSample> samples, Instant now) {
        try {
            judged(one.serverId, verdict(one, samples, now), now);
        } catch (ProblemException refused) {
            judged(one.serverId, refused.problem().message(), now);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "the size of server " + one.serverId + " could not follow its load", e);
        }
    }

    /** Acts on what is decided, and says it in words. */
    private String verdict(Autoscale one, List<UsageSample> samples, Instant now) {
        SizedServer server = sizing.find(one.serverId).orElseThrow();
        AutoscalePolicy policy = one.policy();
        SizeChangeView last =
                sizing.changes(one.serverId, 1).stream().findFirst().orElse(null);
        Optional<String> rest = rest(one.serverId, policy, last, now);
        if (rest.isPresent()) {
            return rest.get();
        }
        List<Size> ladder = AutoscalePolicy.ladder(
                sizing.all(), sizing.require(policy.minSize()), sizing.require(policy.maxSize()));
        Rule rule = Rule.of(policy, ladder);
        Instant since = last == null ? null : last.at();
        Map<String, Limit> limits = new HashMap<>();
        ladder.stream()
                .filter(size -> !policy.affordable(size, prices))
                .forEach(size -> limits.put(size.code(), Limit.CEILING));
        AutoscaleDecision decision =
                AutoscaleDecision.of(rule, new Situation(server.size(), since, samples, now, limits));
        if (decision.to() != null && AutoscaleDecision.larger(decision.to(), server.size())) {
            sizing.offers(one.serverId).stream()
                    .filter(offer -> offer.problem() != null)
                    .map(SizeOffer::size)
                    .forEach(size -> limits.putIfAbsent(size.code(), Limit.NO_ROOM));
            decision = AutoscaleDecision.of(rule, new Situation(server.size(), since, samples, now, limits));
        }
        String why = AutoscaleWords.of(decision);
        if (decision.to() != null) {
            start.begin(one.serverId, server.size(), decision.to(), why);
        }
        return why;
    }

    /** Why nothing is decided at all: what a timetable has set or is about to set stays, and so does what just failed. */
    private Optional<String> rest(UUID serverId, AutoscalePolicy policy, SizeChangeView last, Instant now) {
        Instant failed = sizing.lastFailure(serverId);
        if (failed != null && now.isBefore(failed.plus(policy.coolDown()))) {
            return Optional.of(Messages.text("autoscale.rest.failed", policy.coolDownMinutes()));
        }
        Optional<Instant> next = timetables.next(serverId, ScheduledScale.CODE);
        if (next.isEmpty()) {
            return Optional.empty();
        }
        if (last != null && timetables.began(last.operationId())) {
            return Optional.of(Messages.text("autoscale.rest.scheduled", last.after()));
        }
        return next.get().isBefore(now.plus(policy.coolDown()))
                ? Optional.of(Messages.text("autoscale.rest.soon"))
                : Optional.empty();
    }

    private void judged(UUID serverId, String verdict, Instant at) {
        Sql.change(
                dataSource,
                "update autoscale set verdict = ?, verdict_at = ? where server_id = ? and verdict is distinct from ?",
                verdict,
                Timestamp.from(at),
                serverId,
                verdict);
    }
}
