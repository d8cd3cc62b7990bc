package io.howdah.server;

import java.util.UUID;

/**
 * A server, as far as its storage goes.
 *
 * @param storageGib what it has
 * @param wishedGib what it will have once all that was asked has been done; often the same
 */
public record StoredServer(UUID id, String name, UUID teamId, int storageGib, int wishedGib) {}
