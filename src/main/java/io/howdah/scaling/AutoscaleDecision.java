package io.howdah.scaling;

import io.howdah.monitoring.UsageSample;
import io.howdah.server.Size;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Whether a server's size follows its load to another one, and why. Up at once, through several sizes if need be: three
 * minutes above the target are enough. Down slowly: one size at a time, and only when nothing since the cool-down began
 * would have wanted the size back. The live server and the simulator ask the same question here.
 *
 * @param to the size it gets, or null when it stays
 * @param figures for the reason's text
 */
record AutoscaleDecision(Size to, Reason reason, List<String> figures) {

    enum Reason {
        CPU_HIGH,
        MEMORY_HIGH,
        QUIET,
        BELOW_BOUNDS,
        ABOVE_BOUNDS,
        /** The size fits its load. */
        FITS,
        /** A smaller one might do, which is not known for long enough. */
        COOLING,
        UNKNOWN,
        AT_LARGEST,
        CEILING,
        NO_ROOM
    }

    /** What keeps a size of the ladder from being chosen. */
    enum Limit {
        CEILING,
        NO_ROOM
    }

    /**
     * @param ladder from the smallest size to the largest
     * @param targetCpu share of the vCores that may be in use
     * @param targetMemory share of the memory that may be in use
     */
    record Rule(List<Size> ladder, double targetCpu, double targetMemory, Duration coolDown) {

        static Rule of(AutoscalePolicy policy, List<Size> ladder) {
            return new Rule(
                    ladder, policy.targetCpuPercent() / 100.0, policy.targetMemoryPercent() / 100.0, policy.coolDown());
        }
    }

    /**
     * @param changedAt since when it has that size; null when it always had
     * @param samples by time; older ones than the cool-down don't matter
     * @param limits sizes of the ladder that can't be chosen now, by code
     */
    record Situation(Size size, Instant changedAt, List<UsageSample> samples, Instant now, Map<String, Limit> limits) {}

    private record Need(double vCores, double memoryMib) {

        boolean metBy(Size size) {
            return size.vCores() >= vCores && size.memoryMib() >= memoryMib;
        }
    }

    private record Cause(Reason reason, List<String> figures) {}

    private static final int QUICK_MINUTES = 3;

    /** A server that uses all it has may want any amount more. */
    private static final double SATURATED = 0.95;

    private static final double SATURATED_WANTS = 2;

    /** Only this much of the target may be used of a smaller size, or the next minutes might want the larger one back. */
    private static final double MARGIN = 0.8;

    private static final double ENOUGH_SEEN = 0.9;

    static AutoscaleDecision of(Rule rule, Situation now) {
        List<UsageSample> seen = sinceChange(now);
        Size size = now.size();
        if (outside(size, rule.ladder().getFirst(), rule.ladder().getLast())) {
            return intoBounds(rule, now, seen);
        }
        if (seen.size() < QUICK_MINUTES || stale(seen, now.now())) {
            return stay(Reason.UNKNOWN);
        }
        List<UsageSample> newest = seen.subList(seen.size() - QUICK_MINUTES, seen.size());
        double vCores = meanVCores(newest);
        double memory = meanMemory(newest);
        boolean cpuHigh = vCores > rule.targetCpu() * size.vCores();
        boolean memoryHigh = memory > rule.targetMemory() * size.memoryMib();
        if (!cpuHigh && !memoryHigh) {
            return down(rule, now, seen);
        }
        double newestVCores = newest.getLast().vCores();
        boolean saturated = newestVCores >= SATURATED * size.vCores();
        double wanted = saturated ? newestVCores * SATURATED_WANTS : vCores;
        Need need = new Need(Math.max(vCores, wanted) / rule.targetCpu(), memory / rule.targetMemory());
        return up(
                rule,
                now,
                need,
                cpuHigh
                        ? new Cause(
                                Reason.CPU_HIGH,
                                List.of(number(vCores), percent(rule.targetCpu()), number(size.vCores())))
                        : new Cause(
                                Reason.MEMORY_HIGH,
                                List.of(
                                        Math.round(memory) + " MiB",
                                        percent(rule.targetMemory()),
                                        size.memoryMib() + " MiB")));
    }

    private static AutoscaleDecision up(Rule rule, Situation now, Need need, Cause cause) {
        Size size = now.size();
        Size best = choose(rule.ladder(), need);
        Size possible = choose(
                rule.ladder().stream()
                        .filter(step -> !now.limits().containsKey(step.code()) || step.equals(size))
                        .toList(),
                need);
        if (possible == null || !larger(possible, size)) {
            Limit limit = now.limits().get(best.code());
            Reason why = limit == null ? Reason.AT_LARGEST : Reason.valueOf(limit.name());
            return new AutoscaleDecision(null, why, List.of(larger(best, size) ? best.code() : size.code()));
        }
        return new AutoscaleDecision(possible, cause.reason(), cause.figures());
    }

    /** The smallest that meets the need, else the largest there is. */
    private static Size choose(List<Size> ladder, Need need) {
        return ladder.stream().filter(need::metBy).findFirst().orElse(ladder.isEmpty() ? null : ladder.getLast());
    }

    private static AutoscaleDecision down(Rule rule, Situation now, List<UsageSample> seen) {
        Size smaller = rule.ladder().stream()
                .filter(step -> larger(now.size(), step) && !now.limits().containsKey(step.code()))
                .reduce((one, next) -> next)
                .orElse(null);
        if (smaller == null) {
            return stay(Reason.FITS);
        }
        double vCores = 0;
        double memory = 0;
        List<UsageSample> window = within(seen, now.now().minus(rule.coolDown()));
        for (int i = 0; i + QUICK_MINUTES <= window.size(); i++) {
            List<UsageSample> stretch = window.subList(i, i + QUICK_MINUTES);
            vCores = Math.max(vCores, meanVCores(stretch));
            memory = Math.max(memory, meanMemory(stretch));
        }
        boolean fits = vCores <= MARGIN * rule.targetCpu() * smaller.vCores()
                && memory <= MARGIN * rule.targetMemory() * smaller.memoryMib();
        if (!fits) {
            return stay(Reason.FITS);
        }
        boolean cooled =
                now.changedAt() == null || !now.now().isBefore(now.changedAt().plus(rule.coolDown()));
        if (!cooled || window.size() < ENOUGH_SEEN * rule.coolDown().toMinutes()) {
            return new AutoscaleDecision(null, Reason.COOLING, List.of(smaller.code()));
        }
        return new AutoscaleDecision(
                smaller,
                Reason.QUIET,
                List.of(
                        Long.toString(rule.coolDown().toMinutes()),
                        number(vCores),
                        Math.round(memory) + " MiB",
                        smaller.code()));
    }

    /** The bounds were moved, or somebody chose a size out of them. */
    private static AutoscaleDecision intoBounds(Rule rule, Situation now, List<UsageSample> seen) {
        Size first = rule.ladder().getFirst();
        Size last = rule.ladder().getLast();
        boolean below = now.size().vCores() < first.vCores() || now.size().memoryMib() < first.memoryMib();
        boolean cooled =
                now.changedAt() == null || !now.now().isBefore(now.changedAt().plus(rule.coolDown()));
        if (!below && !cooled) {
            return new AutoscaleDecision(null, Reason.COOLING, List.of(last.code()));
        }
        Size to = below ? first : last;
        if (now.limits().containsKey(to.code())) {
            return new AutoscaleDecision(
                    null, Reason.valueOf(now.limits().get(to.code()).name()), List.of(to.code()));
        }
        return new AutoscaleDecision(
                to,
                below ? Reason.BELOW_BOUNDS : Reason.ABOVE_BOUNDS,
                List.of(now.size().code(), to.code()));
    }

    private static AutoscaleDecision stay(Reason reason) {
        return new AutoscaleDecision(null, reason, List.of());
    }

    private static boolean outside(Size size, Size min, Size max) {
        return size.vCores() < min.vCores()
                || size.memoryMib() < min.memoryMib()
                || size.vCores() > max.vCores()
                || size.memoryMib() > max.memoryMib();
    }

    /** Neither smaller in anything nor the same. */
    static boolean larger(Size one, Size other) {
        return one.vCores() >= other.vCores()
                && one.memoryMib() >= other.memoryMib()
                && (one.vCores() > other.vCores() || one.memoryMib() > other.memoryMib());
    }

    /** A sample's minute must have begun after the change. */
    private static List<UsageSample> sinceChange(Situation now) {
        return now.changedAt() == null
                ? now.samples()
                : within(now.samples(), now.changedAt().plus(Duration.ofMinutes(1)));
    }

    private static List<UsageSample> within(List<UsageSample> samples, Instant from) {
        int first = samples.size();
        while (first > 0 && samples.get(first - 1).at().isAfter(from)) {
            first--;
        }
        return samples.subList(first, samples.size());
    }

    private static boolean stale(List<UsageSample> seen, Instant now) {
        Instant first = seen.get(seen.size() - QUICK_MINUTES).at();
        return first.isBefore(now.minus(Duration.ofMinutes(QUICK_MINUTES + 2)));
    }

    private static double meanVCores(List<UsageSample> samples) {
        double sum = 0;
        for (UsageSample sample : samples) {
            sum += sample.vCores();
        }
        return sum / samples.size();
    }

    private static double meanMemory(List<UsageSample> samples) {
        double sum = 0;
        for (UsageSample sample : samples) {
            sum += sample.memoryMib();
        }
        return sum / samples.size();
    }

    private static String number(double value) {
        return String.format(Locale.ENGLISH, "%.2f", value);
    }

    private static String percent(double share) {
        return Math.round(share * 100) + " %";
    }
}
