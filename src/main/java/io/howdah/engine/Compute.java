package io.howdah.engine;

/**
 * A compute size.
 *
 * @param vCores may be a fraction
 * @param memoryMib memory in MiB
 * @param maxConnections PostgreSQL's {@code max_connections}, the service's own reserved slots included
 */
public record Compute(double vCores, int memoryMib, int maxConnections) {}
