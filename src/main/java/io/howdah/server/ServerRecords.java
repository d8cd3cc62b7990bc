package io.howdah.server;

import io.howdah.engine.Observation;
import io.howdah.engine.Resized;
import io.howdah.engine.StorageSwitch;
import io.howdah.server.Server.Wish;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** What workflows write down about servers; each call is a transaction of its own. Unknown ids are ignored. */
interface ServerRecords {

    boolean exists(UUID id);

    /** Whether its creation has succeeded, so that there is something of it to work on. */
    boolean created(UUID id);

    /**
     * What the server is about to become, while an operation works on it.
     *
     * @return false, and nothing is written, when there is nothing of it to work on: see {@link #created}
     */
    boolean begin(UUID id, ServerState state);

    /** Whether it is deleted, and nobody has asked to bring it back. */
    boolean deleted(UUID id);

    /** What people wish it to do once all they asked for is done. */
    Wish wish(UUID id);

    /** What the operations that have ended brought it to: what one that comes to nothing goes back to. */
    Wish settled(UUID id);

    /** The operation works for this wish, which counts unless something later in the line wishes otherwise. */
    void ask(UUID id, UUID operation, Wish wish);

    /** The operation has brought the server to this. */
    void settle(UUID id, UUID operation, Wish wish);

    /** The operation works for this size, which counts unless something later in the line wishes otherwise. */
    void askSize(UUID id, UUID operation, String size);

    /**
     * The operation has brought the server to this size.
     *
     * @param how what it meant for the clients, or null when that is not known
     * @param why it was asked for, or null
     */
    void settleSize(UUID id, UUID operation, String size, Resized how, String why);

    /** The operation works for so much storage, which counts unless something later in the line wishes otherwise. */
    void askStorage(UUID id, UUID operation, int storageGib);

    /** The operation has brought the server to so much storage. */
    void settleStorage(UUID id, UUID operation, int storageGib);

    /**
     * The operation has brought the server to less storage.
     *
     * @param how what it meant for the clients, or null when that is not known
     */
    void settleShrink(UUID id, UUID operation, int storageGib, StorageSwitch how);

    /** What that change has kept is there no more, or in use again. */
    void storageLetGo(UUID change);

    /** The server counts as deleted from {@code at} on, and its data is kept until {@code keptUntil}; both null: not. */
    void settleDeletion(UUID id, UUID operation, Instant at, Instant keptUntil);

    /** The operation comes to nothing: what the others in the line wish counts, or else what was settled before. */
    void withdraw(UUID id, UUID operation);

    /** What the server is about to become, while an operation works on it. */
    void state(UUID id, ServerState state, String note);

    /** What was seen of the server when nothing works on it. */
    void observed(UUID id, Observation observation);

    /** Gives a server that waits for room its share, if it is its turn; else says why not. Empty for one that has it. */
    Optional<Turn> turn(UUID id);

    /** It came to nothing: it waits no more, and has no share. */
    void leaveLine(UUID id);

    /** Nothing of the server remains but operations and audit records. */
    void forget(UUID id);
}
