package io.howdah.scaling;

import io.howdah.monitoring.UsageSample;
import io.howdah.scaling.AutoscaleDecision.Limit;
import io.howdah.scaling.AutoscaleDecision.Rule;
import io.howdah.scaling.AutoscaleDecision.Situation;
import io.howdah.server.Size;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Goes through what a server used, minute by minute, with the decisions of autoscale. Nobody knows what it would have used
 * of a larger size: it is taken to have wanted what it had.
 */
final class AutoscaleSimulation {

    private static final double MINUTES_PER_HOUR = 60;
    private static final BigDecimal MINUTES_A_MONTH = BigDecimal.valueOf(730 * 60);

    private final ComputePrices prices;
    private final Map<String, Limit> limits = new HashMap<>();
    private final Rule rule;

    AutoscaleSimulation(AutoscalePolicy policy, List<Size> ladder, ComputePrices prices) {
        this.prices = prices;
        this.rule = Rule.of(policy, ladder);
        ladder.stream()
                .filter(size -> !policy.affordable(size, prices))
                .forEach(size -> limits.put(size.code(), Limit.CEILING));
    }

    /** @param samples by time */
    SimulationView run(List<UsageSample> samples, SizeHistory had, Instant from, Instant to) {
        Size size = had.at(from);
        Instant changedAt = null;
        List<UsageSample> seen = new ArrayList<>();
        List<SizeStep> steps = new ArrayList<>(List.of(new SizeStep(from, size)));
        List<SimulationView.Change> changes = new ArrayList<>();
        double hoursHad = 0;
        double hours = 0;
        int minutesShort = 0;
        BigDecimal costHad = BigDecimal.ZERO;
        BigDecimal cost = BigDecimal.ZERO;
        for (UsageSample sample : samples) {
            Size then = had.at(sample.at());
            hoursHad += then.vCores() / MINUTES_PER_HOUR;
            hours += size.vCores() / MINUTES_PER_HOUR;
            costHad = costHad.add(prices.monthly(then).orElse(BigDecimal.ZERO));
            cost = cost.add(prices.monthly(size).orElse(BigDecimal.ZERO));
            if (sample.vCores() > size.vCores() || sample.memoryMib() > size.memoryMib()) {
                minutesShort++;
            }
            seen.add(of(sample, size));
            int first = Math.max(0, seen.size() - (int) AutoscaleWatch.SEEN.toMinutes());
            AutoscaleDecision decision = AutoscaleDecision.of(
                    rule, new Situation(size, changedAt, seen.subList(first, seen.size()), sample.at(), limits));
            if (decision.to() != null) {
                changes.add(new SimulationView.Change(sample.at(), size, decision.to(), AutoscaleWords.of(decision)));
                size = decision.to();
                changedAt = sample.at();
                steps.add(new SizeStep(changedAt, size));
            }
        }
        return new SimulationView(
                from,
                to,
                samples.size(),
                UsePoint.of(samples, SimulationView.STRETCH),
                had.steps(from, to),
                steps,
                changes,
                hoursHad,
                hours,
                minutesShort,
                money(costHad),
                money(cost));
    }

    private static UsageSample of(UsageSample sample, Size size) {
        return new UsageSample(
                sample.serverId(),
                sample.at(),
                Math.min(sample.vCores(), size.vCores()),
                Math.min(sample.memoryMib(), size.memoryMib()),
                sample.connections());
    }

    private BigDecimal money(BigDecimal minutesOfMonths) {
        return prices.known()
                ? minutesOfMonths.divide(MINUTES_A_MONTH, MathContext.DECIMAL64).setScale(2, RoundingMode.HALF_UP)
                : null;
    }
}
