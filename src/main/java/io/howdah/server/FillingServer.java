package io.howdah.server;

import java.util.UUID;

/**
 * A server whose storage needs somebody.
 *
 * @param readOnly whether it is read-only because of that
 */
public record FillingServer(UUID id, String name, UUID teamId, int usedPercent, boolean readOnly) {}
