package io.howdah.scaling;

import io.howdah.monitoring.UsageSample;
import io.howdah.server.Size;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * How much of processor and memory a server used, minute by minute.
 *
 * @param minutes how many were seen
 * @param vCoresP95 in 95 of 100 minutes it was no more
 */
public record UseSummary(
        int minutes,
        double vCoresAverage,
        double vCoresP95,
        double vCoresMax,
        int memoryP95Mib,
        int memoryMaxMib,
        int connectionsMax) {

    /** Whether a size would have been large enough for what was used. */
    public enum Fit {
        FITS,
        /** But for the processor in the busiest minutes, which would have been slower. */
        PEAKS_SLOWER,
        TOO_SMALL
    }

    private static final double OFTEN = 0.95;

    /** Time is measured a little unevenly: a server at its limit seems to use slightly more. */
    private static final double TOLERANCE = 1.02;

    static Optional<UseSummary> of(List<UsageSample> samples) {
        if (samples.isEmpty()) {
            return Optional.empty();
        }
        double[] vCores = sorted(samples, UsageSample::vCores);
        double[] memory = sorted(samples, UsageSample::memoryMib);
        double[] connections = sorted(samples, UsageSample::connections);
        return Optional.of(new UseSummary(
                samples.size(),
                samples.stream().mapToDouble(UsageSample::vCores).average().orElseThrow(),
                often(vCores),
                vCores[vCores.length - 1],
                (int) often(memory),
                (int) memory[memory.length - 1],
                (int) connections[connections.length - 1]));
    }

    private static double[] sorted(List<UsageSample> samples, ToDoubleFunction<UsageSample> of) {
        return samples.stream().mapToDouble(of).sorted().toArray();
    }

    private static double often(double[] sorted) {
        return sorted[Math.max(0, (int) Math.ceil(sorted.length * OFTEN) - 1)];
    }

    /** Memory can't be had more slowly, so its highest counts. */
    public Fit on(Size size) {
        if (memoryMaxMib > size.memoryMib() || vCoresP95 > size.vCores() * TOLERANCE) {
            return Fit.TOO_SMALL;
        }
        return vCoresMax > size.vCores() * TOLERANCE ? Fit.PEAKS_SLOWER : Fit.FITS;
    }
}
