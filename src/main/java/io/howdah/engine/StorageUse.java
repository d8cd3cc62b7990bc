package io.howdah.engine;

import java.util.List;

/**
 * What takes the room of a server's storage.
 *
 * @param databases the largest first
 * @param walBytes the write-ahead log in all
 * @param slots what of it is kept for replication slots, the most first
 * @param temporaryBytes of sorts and the like that do not fit into memory
 * @param logBytes the server's logs
 */
public record StorageUse(List<Share> databases, long walBytes, List<Slot> slots, long temporaryBytes, long logBytes) {

    /** A database and what it takes. */
    public record Share(String name, long bytes) {}

    /** @param active whether somebody reads from it */
    public record Slot(String name, boolean active, long heldBytes) {}

    public StorageUse {
        databases = List.copyOf(databases);
        slots = List.copyOf(slots);
    }
}
