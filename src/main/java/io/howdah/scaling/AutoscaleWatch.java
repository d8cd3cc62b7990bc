package io.howdah.scaling;

import io.howdah.monitoring.UsageLog;
import io.howdah.monitoring.UsageSample;
import io.howdah.monitoring.UsageSampled;
import io.howdah.operation.Operations;
import io.howdah.scaling.AutoscaleDecision.Limit;
import io.howdah.scaling.AutoscaleDecision.Rule;
import io.howdah.scaling.AutoscaleDecision.Situation;
import io.howdah.scaling.Autoscaling.Following;
import io.howdah.schedule.ScheduledWork;
import io.howdah.server.ServerSizing;
import io.howdah.server.Size;
import io.howdah.shared.Messages;
import io.howdah.shared.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
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

/** Looks each minute whether the servers that follow their load should have another size. */
@ApplicationScoped
class AutoscaleWatch {

    private static final Logger LOG = Logger.getLogger(AutoscaleWatch.class.getName());

    /** A little more than the longest cool-down. */
    static final Duration SEEN = Duration.ofMinutes(AutoscalePolicy.MAX_COOL_DOWN + 5);

    @Inject
    private Autoscaling autoscaling;

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
    private Clock clock;

    void follow(@Observes UsageSampled minute) {
        Set<UUID> sampled =
                minute.servers().stream().map(one -> one.server().id()).collect(Collectors.toSet());
        // What changes a server now may be the change that was decided on before. Looked at first: it may just be
        // ending.
        Set<UUID> changing = operations.changingSubjects();
        sampled.removeAll(changing);
        List<Following> following = autoscaling.active(sampled);
        if (following.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        Map<UUID, List<UsageSample>> samples =
                usage.of(following.stream().map(Following::serverId).toList(), now.minus(SEEN));
        following.forEach(one -> follow(one, samples.getOrDefault(one.serverId(), List.of()), now));
    }

    private void follow(Following one, List<UsageSample> samples, Instant now) {
        try {
            autoscaling.judged(one.serverId(), verdict(one, samples, now), now);
        } catch (ProblemException refused) {
            autoscaling.judged(one.serverId(), refused.problem().message(), now);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "the size of server " + one.serverId() + " could not follow its load", e);
        }
    }

    /** Acts on what is decided, and says it in words. */
    private String verdict(Following one, List<UsageSample> samples, Instant now) {
        Optional<String> rest = rest(one, now);
        if (rest.isPresent()) {
            return rest.get();
        }
        AutoscalePolicy policy = one.policy();
        Size size = one.server().size();
        List<Size> ladder = AutoscalePolicy.ladder(
                sizing.all(), sizing.require(policy.minSize()), sizing.require(policy.maxSize()));
        Rule rule = Rule.of(policy, ladder);
        Instant since = one.last() == null ? null : one.last().at();
        Map<String, Limit> limits = new HashMap<>();
        ladder.stream()
                .filter(step -> !policy.affordable(step, prices))
                .forEach(step -> limits.put(step.code(), Limit.CEILING));
        AutoscaleDecision decision = AutoscaleDecision.of(rule, new Situation(size, since, samples, now, limits));
        if (decision.to() != null && AutoscaleDecision.larger(decision.to(), size)) {
            autoscaling.refused(one.serverId()).forEach(step -> limits.putIfAbsent(step.code(), Limit.NO_ROOM));
            decision = AutoscaleDecision.of(rule, new Situation(size, since, samples, now, limits));
        }
        String why = AutoscaleWords.of(decision);
        if (decision.to() != null) {
            autoscaling.begin(one.serverId(), size, decision.to(), why);
        }
        return why;
    }

    /**
     * Why nothing is decided at all: what a timetable has set or is about to set stays, and so does what just failed; and
     * what somebody has planned is not overtaken.
     */
    private Optional<String> rest(Following one, Instant now) {
        Duration coolDown = one.policy().coolDown();
        if (one.failed() != null && now.isBefore(one.failed().plus(coolDown))) {
            return Optional.of(Messages.text("autoscale.rest.failed", coolDown.toMinutes()));
        }
        Optional<PlannedChangeView> planned = one.planned().stream()
                .filter(change -> change.comesFirst(now.plus(coolDown)))
                .findFirst();
        if (planned.isPresent()) {
            return Optional.of(
                    Messages.text("autoscale.rest.planned", planned.get().size()));
        }
        Optional<Instant> next = timetables.next(one.serverId(), ScheduledScale.CODE);
        if (next.isEmpty()) {
            return Optional.empty();
        }
        if (one.last() != null && timetables.began(one.last().operationId())) {
            return Optional.of(
                    Messages.text("autoscale.rest.scheduled", one.last().after()));
        }
        return next.get().isBefore(now.plus(coolDown))
                ? Optional.of(Messages.text("autoscale.rest.soon"))
                : Optional.empty();
    }
}
