package io.howdah.engine;

/**
 * A database of a server.
 *
 * @param sizeBytes on disk
 * @param connections open now
 */
public record DatabaseInfo(
        String name, String owner, String encoding, String collation, long sizeBytes, int connections) {}
