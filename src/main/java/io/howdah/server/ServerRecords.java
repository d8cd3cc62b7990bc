package io.howdah.server;

import io.howdah.engine.Observation;
import io.howdah.server.Server.Wish;
import java.time.Instant;
import java.util.UUID;

/** What workflows write down about servers; each call is a transaction of its own. Unknown ids are ignored. */
interface ServerRecords {

    boolean exists(UUID id);

    boolean deleted(UUID id);

    Wish wish(UUID id);

    void wish(UUID id, Wish wish);

    /** What the server is about to become, while an operation works on it. */
    void state(UUID id, ServerState state, String note);

    /** What was seen of the server when nothing works on it. */
    void observed(UUID id, Observation observation);

    /** The server counts as deleted from {@code at} on, and its data is kept until {@code keptUntil}; both null: not. */
    void deletion(UUID id, Instant at, Instant keptUntil);

    /** Nothing of the server remains but operations and audit records. */
    void forget(UUID id);
}
