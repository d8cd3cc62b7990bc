package io.howdah.server;

import io.howdah.engine.Endpoints;
import io.howdah.engine.Observation;
import io.howdah.server.Server.Wish;
import io.howdah.shared.Messages;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * What is known of one server, as the reconcile job compares it with what it sees: read for the whole fleet in one
 * query, so that a fleet in which nothing happens costs that query and a look at each server.
 */
record Standing(
        UUID id,
        Wish wished,
        ServerState state,
        String note,
        String fullVersion,
        Instant startedAt,
        String host,
        Integer pooledPort,
        Integer directPort,
        Instant deletedAt,
        Instant degradedSince,
        Wish settledWish,
        Instant settledDeletedAt) {

    /** What an engine can tell of a start is right to some hundredths of a second; nothing starts twice within this. */
    private static final Duration SAME_START = Duration.ofSeconds(1);

    /** @param row the components, in their order */
    static Standing of(Object[] row) {
        return new Standing(
                (UUID) row[0],
                (Wish) row[1],
                (ServerState) row[2],
                (String) row[3],
                (String) row[4],
                (Instant) row[5],
                (String) row[6],
                (Integer) row[7],
                (Integer) row[8],
                (Instant) row[9],
                (Instant) row[10],
                (Wish) row[11],
                (Instant) row[12]);
    }

    boolean shouldRun() {
        return deletedAt == null && wished == Wish.RUNNING;
    }

    /** Whether there is anything to write down or to do. */
    boolean calls(Observation seen) {
        return degradedSince != null || !known(seen) || difference(seen) != Difference.NONE;
    }

    /** Whether the observation says nothing new. */
    boolean known(Observation seen) {
        return state == stateOf(seen)
                && Objects.equals(note, seen.note())
                && sameStart(startedAt, seen.startedAt())
                && (seen.endpoints() == null || seen.endpoints().equals(endpoints()))
                && (seen.version() == null || seen.version().equals(fullVersion));
    }

    /** Whether PostgreSQL is another one than the last that was seen, and both were sound. */
    boolean restarted(Observation seen) {
        return state == ServerState.READY
                && seen.state() == Observation.State.RUNNING
                && startedAt != null
                && !sameStart(startedAt, seen.startedAt());
    }

    static boolean sameStart(Instant one, Instant other) {
        return one == null || other == null
                ? one == other
                : Duration.between(one, other).abs().compareTo(SAME_START) < 0;
    }

    /** What there is to do about it. */
    enum Difference {
        NONE,
        NOT_RUNNING,
        RUNNING_UNWANTED
    }

    Difference difference(Observation seen) {
        boolean still = seen.state() == Observation.State.STOPPED || seen.state() == Observation.State.ABSENT;
        if (!shouldRun()) {
            return still ? Difference.NONE : Difference.RUNNING_UNWANTED;
        }
        boolean fine = seen.state() == Observation.State.RUNNING || seen.state() == Observation.State.ASLEEP;
        return fine || seen.state() == Observation.State.ABSENT ? Difference.NONE : Difference.NOT_RUNNING;
    }

    /** What was seen, with the reason where nothing is to be seen of a server that should be there. */
    Observation explained(Observation seen) {
        boolean lost = seen.state() == Observation.State.ABSENT && settledDeletedAt == null;
        return lost ? new Observation(seen.state(), null, null, null, Messages.text("server.note.files-lost")) : seen;
    }

    ServerState stateOf(Observation seen) {
        if (settledDeletedAt != null) {
            return ServerState.DISABLED;
        }
        return switch (seen.state()) {
            case RUNNING -> ServerState.READY;
            case UNSTEADY -> ServerState.INACCESSIBLE;
            case ASLEEP -> ServerState.STOPPED;
            case STOPPED -> settledWish == Wish.STOPPED ? ServerState.STOPPED : ServerState.INACCESSIBLE;
            // Nothing says why: then there is to be nothing.
            case ABSENT -> seen.note() == null ? ServerState.DISABLED : ServerState.INACCESSIBLE;
        };
    }

    private Endpoints endpoints() {
        return host == null ? null : new Endpoints(host, pooledPort, directPort);
    }
}
