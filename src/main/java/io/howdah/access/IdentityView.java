package io.howdah.access;

import java.time.Instant;
import java.util.UUID;

/**
 * Somebody's account at a provider.
 *
 * @param email as the provider said, or null
 */
public record IdentityView(UUID id, String provider, String email, Instant linkedAt, Instant lastUsedAt) {}
