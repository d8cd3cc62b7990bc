package io.howdah.server;

import java.time.Instant;
import java.util.UUID;

/**
 * Something that happened to a server without anybody having asked for it.
 *
 * @param note what was seen, in a sentence, or null
 * @param operationId what the product began because of it, or null
 */
public record IncidentView(Instant at, IncidentKind kind, String note, UUID operationId) {}
