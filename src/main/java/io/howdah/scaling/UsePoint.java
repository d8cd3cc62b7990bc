package io.howdah.scaling;

import io.howdah.monitoring.UsageSample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The most a server used within a stretch of time, for a picture.
 *
 * @param at the stretch's beginning
 */
public record UsePoint(Instant at, double vCores, int memoryMib) {

    /** @param stretch as long as this each; those without samples are left out */
    static List<UsePoint> of(List<UsageSample> samples, Duration stretch) {
        Map<Instant, UsePoint> points = new TreeMap<>();
        for (UsageSample sample : samples) {
            long number = Math.floorDiv(sample.at().getEpochSecond(), stretch.toSeconds());
            Instant at = Instant.ofEpochSecond(number * stretch.toSeconds());
            points.merge(at, new UsePoint(at, sample.vCores(), sample.memoryMib()), UsePoint::most);
        }
        return List.copyOf(points.values());
    }

    private UsePoint most(UsePoint other) {
        return new UsePoint(at, Math.max(vCores, other.vCores), Math.max(memoryMib, other.memoryMib));
    }
}
