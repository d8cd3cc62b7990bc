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
 */
public record Size(String code, String tier, double vCores, int memoryMib, int maxConnections) {

    Compute compute() {
        return new Compute(vCores, memoryMib, maxConnections);
    }
}
