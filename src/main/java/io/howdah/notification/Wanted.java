package io.howdah.notification;

/** How much of a kind of event somebody wants to know. */
public enum Wanted {
    NOTHING,
    /** What concerns me: operations I asked for, schedules that name me. */
    MINE,
    EVERYTHING;

    boolean includes(boolean concerned) {
        return this == EVERYTHING || this == MINE && concerned;
    }
}
