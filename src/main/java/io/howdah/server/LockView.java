package io.howdah.server;

import java.time.Instant;
import java.util.UUID;

/** A lock on a server. */
public record LockView(UUID id, LockKind kind, String note, String setBy, Instant setAt) {}
