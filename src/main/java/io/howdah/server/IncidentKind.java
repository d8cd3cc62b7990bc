package io.howdah.server;

/** What may happen to a server without anybody having asked for it. */
public enum IncidentKind {
    /** PostgreSQL ended by itself and was brought back where it ran. */
    RESTARTED(true),
    /** It should run, did not, and the product began to start it. */
    STARTED(true),
    /** It should not run, did, and the product began to stop it. */
    STOPPED(false),
    /** It should run and does not as it should. */
    DOWN(false),
    /** It runs as wished again. */
    UP(false),
    /** It ended so often that the product stopped bringing it back at once. */
    DEGRADED(false),
    /** It has been steady for so long that it counts as sound again. */
    RECOVERED(false);

    private final boolean restart;

    IncidentKind(boolean restart) {
        this.restart = restart;
    }

    /** Whether it counts towards {@link Flapping}. */
    boolean restart() {
        return restart;
    }
}
