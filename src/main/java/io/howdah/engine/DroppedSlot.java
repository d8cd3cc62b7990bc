package io.howdah.engine;

import java.time.Instant;

/**
 * A replication slot that nobody read from and that was dropped before it filled the disk.
 *
 * @param heldBytes the write-ahead log that was kept for it
 */
public record DroppedSlot(String name, Instant at, long heldBytes) {}
