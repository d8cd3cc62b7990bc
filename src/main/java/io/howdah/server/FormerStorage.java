package io.howdah.server;

import java.time.Instant;
import java.util.UUID;

/**
 * The storage that a server had before it was given less.
 *
 * @param change the operation that has exchanged it
 * @param storageGib how much it was
 * @param at when it was exchanged: what it holds is of that moment
 * @param busy whether it is being removed or taken into use again
 */
public record FormerStorage(UUID change, int storageGib, Instant at, Instant keptUntil, boolean busy) {}
