package io.howdah.backup;

import java.util.UUID;

/**
 * Something of a server that somebody has asked for as a file.
 *
 * @param database of which a dump is wanted, or null
 * @param label of the backup that is wanted, or null
 * @param bytes how large the server's files are then, or 0 when nobody knows
 */
public record Download(
        UUID serverId, String serverName, UUID teamId, String database, String label, String fileName, long bytes) {

    /** How it came to an end. */
    public enum End {
        FINISHED,
        CANCELLED,
        FAILED
    }
}
