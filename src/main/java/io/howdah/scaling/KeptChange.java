package io.howdah.scaling;

import io.howdah.server.SizedServer;
import java.util.UUID;

/**
 * A change of size that an open transaction kept from being made.
 *
 * @param operationId the operation that has failed
 * @param server with the size that was wanted as its wished one
 */
public record KeptChange(UUID operationId, SizedServer server) {}
