package io.howdah.server;

import io.howdah.engine.Compute;

/**
 * A compute size of the catalogue.
 *
 * @param code e.g. "H0.25" or "Standard_D2ds_v5"
 * @param tier e.g. "Small", "Burstable", "General Purpose", "Memory Optimized"
 * @param vCores may be a fraction
 * @param memoryMib in MiB
 * @param maxConnections PostgreSQL's max_connections, 15 of which are kept for the service
 * @param baselineVCores what it may use for good; of a burstable size less than its vCores, and more costs CPU credits
 */
public record Size(String code, String tier, double vCores, int memoryMib, int maxConnections, double baselineVCores) {

    /** One that may use all its vCores for good. */
    public Size(String code, String tier, double vCores, int memoryMib, int maxConnections) {
        this(code, tier, vCores, memoryMib, maxConnections, vCores);
    }

    public boolean burstable() {
        return baselineVCores < vCores;
    }

    Compute compute() {
        return new Compute(vCores, memoryMib, maxConnections);
    }
}
