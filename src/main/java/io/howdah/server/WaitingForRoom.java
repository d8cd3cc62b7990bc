package io.howdah.server;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Those who wait for room on the place; a bean of each feature that lets wait. First come, first served, among all. */
public interface WaitingForRoom {

    /** A server that is to have a size once there is room. */
    record Wanted(UUID serverId, String size, Instant since) {}

    /** In the order of asking. */
    List<Wanted> line();
}
