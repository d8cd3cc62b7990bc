package io.howdah.server;

/** When PostgreSQL is restarted for a change that needs it. */
public enum Restart {
    /** Now, while the pooler holds its clients back. */
    BEHIND_PAUSE,
    /** Whenever somebody restarts it; until then a part of the change waits. */
    LATER
}
