package io.howdah.access;

import java.time.Instant;

/** @param lastUsedAt null until it was used */
public record PasskeyView(String id, String name, Instant createdAt, Instant lastUsedAt) {}
