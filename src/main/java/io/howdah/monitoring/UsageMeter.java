package io.howdah.monitoring;

import io.howdah.engine.ServerKey;
import io.howdah.engine.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes samples of what the engine counts: each says what was spent since the reading before. */
final class UsageMeter {

    /** What was spent in a longer time says nothing of a minute. */
    static final Duration LONGEST = Duration.ofMinutes(5);

    private record Reading(Instant at, Usage usage) {}

    private Map<ServerKey, Reading> before = Map.of();

    /**
     * @param at when it was read
     * @param minute the one the samples are for
     * @return none for a server that was not read lately, or whose count has begun again since
     */
    List<UsageSample> read(Instant at, Instant minute, Map<ServerKey, Usage> now) {
        List<UsageSample> samples = new ArrayList<>();
        Map<ServerKey, Reading> readings = new HashMap<>();
        now.forEach((key, usage) -> {
            readings.put(key, new Reading(at, usage));
            Reading last = before.get(key);
            Duration time = last == null ? Duration.ZERO : Duration.between(last.at(), at);
            Duration spent = last == null
                    ? Duration.ZERO
                    : usage.cpu().minus(last.usage().cpu());
            if (time.isPositive() && time.compareTo(LONGEST) <= 0 && !spent.isNegative()) {
                double vCores = (double) spent.toNanos() / time.toNanos();
                samples.add(new UsageSample(key.id(), minute, vCores, usage.memoryMib(), usage.connections()));
            }
        });
        before = readings;
        return samples;
    }
}
