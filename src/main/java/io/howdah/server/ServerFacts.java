package io.howdah.server;

import java.time.Instant;
import java.util.UUID;

/**
 * What other features need to know of a server, without permission: for what the product does by itself.
 *
 * @param node the home of the node whose host it lies on, or null when any can work on it
 * @param firstDatabase the one that people connect to, or null
 * @param created whether its creation has succeeded
 * @param runs whether it is to run, and was seen running
 * @param deletedAt null unless somebody has deleted it
 */
public record ServerFacts(
        UUID id,
        String name,
        UUID teamId,
        String node,
        int majorVersion,
        String sizeCode,
        int storageGib,
        String administratorLogin,
        String firstDatabase,
        Instant createdAt,
        boolean created,
        boolean runs,
        Instant deletedAt) {

    static ServerFacts of(Server server) {
        return new ServerFacts(
                server.id,
                server.name,
                server.teamId,
                server.node,
                server.majorVersion,
                server.sizeCode,
                server.storageGib,
                server.administratorLogin,
                server.firstDatabase,
                server.createdAt,
                server.settledWish != null,
                Requirements.answers(server),
                server.deletedAt);
    }
}
