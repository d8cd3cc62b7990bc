package io.howdah.server;

import java.util.Set;
import java.util.UUID;

/**
 * Which servers to show; a null, blank or empty part does not filter.
 *
 * @param text matches name, tag names and tag values
 * @param deleted false: live ones only; true: deleted ones within their grace time only
 */
public record ServerFilter(
        String text, Set<ServerState> states, UUID teamId, UUID projectId, Integer majorVersion, boolean deleted) {

    public static final ServerFilter LIVE = new ServerFilter(null, Set.of(), null, null, null, false);
    public static final ServerFilter DELETED = new ServerFilter(null, Set.of(), null, null, null, true);
}
