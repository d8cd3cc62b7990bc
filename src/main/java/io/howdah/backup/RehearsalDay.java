package io.howdah.backup;

import java.time.DayOfWeek;

/** When restores of a server are rehearsed by themselves, as people choose it. */
public enum RehearsalDay {
    NEVER,
    /** When the server's maintenance window begins. */
    WINDOW,
    MONDAY,
    TUESDAY,
    WEDNESDAY,
    THURSDAY,
    FRIDAY,
    SATURDAY,
    SUNDAY;

    /** The day of the week, or null where none is named. */
    DayOfWeek weekday() {
        return ordinal() < MONDAY.ordinal() ? null : DayOfWeek.of(ordinal() - WINDOW.ordinal());
    }

    static RehearsalDay of(boolean on, DayOfWeek weekday) {
        if (!on) {
            return NEVER;
        }
        return weekday == null ? WINDOW : values()[WINDOW.ordinal() + weekday.getValue()];
    }
}
