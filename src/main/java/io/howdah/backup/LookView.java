package io.howdah.backup;

import io.howdah.engine.Endpoints;
import java.time.Instant;
import java.util.UUID;

/**
 * A server as it was, that is looked at.
 *
 * @param at the instant that is shown; null before it is open
 * @param wantedAt where an operation takes it, or {@code at}
 * @param standing what can be done with it
 * @param endpoints where clients connect, at the direct port; null unless it is open
 * @param newest when the newest change that is there was committed, or null
 */
public record LookView(
        UUID id,
        UUID operationId,
        Instant at,
        Instant wantedAt,
        Standing standing,
        Endpoints endpoints,
        Instant newest,
        String administratorLogin,
        String openedBy,
        Instant openUntil) {

    /** What can be done with it. */
    public enum Standing {
        /** It can be read. */
        OPEN,
        /** An operation opens, moves or closes it. */
        BUSY,
        /** It went with its host, say: it can be opened anew. */
        GONE
    }
}
