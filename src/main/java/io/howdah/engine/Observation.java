package io.howdah.engine;

import java.time.Instant;

/**
 * What was seen of a server.
 *
 * @param state what it does
 * @param endpoints null while there are none
 * @param version the full version of the running PostgreSQL, or null
 * @param startedAt when the running PostgreSQL was started, or null
 * @param note what is wrong, in a sentence, or null
 */
public record Observation(State state, Endpoints endpoints, String version, Instant startedAt, String note) {

    public enum State {
        /** Nothing of it exists. */
        ABSENT,
        /** Files exist, nothing runs, as asked. */
        STOPPED,
        /** PostgreSQL rests, as asked; its pooled endpoint holds who comes, and the direct one is closed. */
        ASLEEP,
        /** PostgreSQL answers and so does its pooled endpoint. */
        RUNNING,
        /** Something runs that does not answer (yet), or only a part of it runs, or it should run and does not. */
        UNSTEADY
    }
}
