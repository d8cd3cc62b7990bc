package io.howdah.backup;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * How long a restore is likely to take, from those that were made.
 *
 * @param restores how many that rests on
 * @param own whether they were of the same server
 */
public record Estimate(Duration duration, int restores, boolean own) {

    /** A restore that was made: how much it copied in which time. */
    record Past(long bytes, Duration took) {}

    /** What does not depend on how much is copied: starting, replaying, looking. */
    private static final Duration ALWAYS = Duration.ofSeconds(2);

    /** @return null when none was made */
    static Estimate of(long bytes, Collection<Past> own, Collection<Past> others) {
        Collection<Past> known = own.isEmpty() ? others : own;
        if (known.isEmpty()) {
            return null;
        }
        List<Double> rates = known.stream()
                .filter(past -> past.bytes() > 0)
                .map(past -> Math.max(0, past.took().minus(ALWAYS).toMillis()) / (double) past.bytes())
                .sorted()
                .toList();
        double rate = rates.isEmpty() ? 0 : rates.get(rates.size() / 2);
        return new Estimate(ALWAYS.plusMillis((long) (rate * bytes)), known.size(), !own.isEmpty());
    }
}
