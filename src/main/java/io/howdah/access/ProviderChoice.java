package io.howdah.access;

import java.util.UUID;

/** A provider, for who may choose it. */
public record ProviderChoice(UUID id, String name) {}
