package io.howdah.server;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * When a server that keeps ending is brought back no longer at once: after {@link #LIMIT} restarts within {@link
 * #WINDOW} it is degraded, and is started again only every {@link #PAUSE}. It is sound again once it has run for the
 * whole window without one.
 */
final class Flapping {

    static final int LIMIT = 5;
    static final Duration WINDOW = Duration.ofMinutes(10);
    static final Duration PAUSE = Duration.ofMinutes(5);

    private Flapping() {}

    /** @param restarts those of the last window, newest first */
    static boolean begins(List<Instant> restarts) {
        return restarts.size() >= LIMIT;
    }

    /** @param restarts those of the last window, newest first */
    static boolean ends(List<Instant> restarts, Instant degradedSince, boolean asWished, Instant now) {
        return asWished && restarts.isEmpty() && !degradedSince.isAfter(now.minus(WINDOW));
    }

    /** When a degraded server may be started again at the earliest. */
    static Instant nextTry(List<Instant> restarts, Instant degradedSince) {
        return (restarts.isEmpty() ? degradedSince : restarts.getFirst()).plus(PAUSE);
    }
}
