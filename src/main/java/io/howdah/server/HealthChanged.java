package io.howdah.server;

import java.time.Instant;
import java.util.UUID;

/**
 * A server has become degraded, or sound again. Fired in the transaction that writes it down.
 *
 * @param degradedSince null when it is sound again
 * @param note why, in a sentence
 */
public record HealthChanged(UUID serverId, String serverName, UUID teamId, Instant degradedSince, String note) {}
