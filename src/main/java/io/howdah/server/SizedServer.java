package io.howdah.server;

import java.util.UUID;

/**
 * A server, as far as its size goes.
 *
 * @param wished the size it will have once all that was asked has been done; often the one it has
 */
public record SizedServer(UUID id, String name, UUID teamId, Size size, Size wished) {}
