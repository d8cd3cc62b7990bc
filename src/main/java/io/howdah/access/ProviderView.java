package io.howdah.access;

import java.util.UUID;

/**
 * A provider as it is kept.
 *
 * @param draft without its secret
 * @param hasSecret whether a secret is stored
 * @param people how many have come in by it or are linked
 */
public record ProviderView(UUID id, ProviderDraft draft, boolean hasSecret, long people) {}
