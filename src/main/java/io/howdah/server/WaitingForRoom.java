package io.howdah.server;

import java.util.List;
import java.util.UUID;

/** The line of those who wait for room on the place; a bean of the feature that keeps it. First come, first served. */
public interface WaitingForRoom {

    /** A server that is to have a size once there is room. */
    record Wanted(UUID serverId, String size) {}

    /** Those before the server in the line; all of them when it does not stand there, or is null. */
    List<Wanted> before(UUID serverId);
}
