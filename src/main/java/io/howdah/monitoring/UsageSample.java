package io.howdah.monitoring;

import java.time.Instant;
import java.util.UUID;

/**
 * What a server used in a minute.
 *
 * @param at the minute's end, a whole minute
 * @param vCores processors at work on the average
 * @param memoryMib in use at its end, without copies of files
 * @param connections client sessions of PostgreSQL at its end
 */
public record UsageSample(UUID serverId, Instant at, double vCores, int memoryMib, int connections) {}
