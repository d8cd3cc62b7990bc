package io.howdah.access;

/** What the portal looks like to a person. */
public enum Theme {
    LIGHT,
    DARK,
    /** As the operating system of whoever looks says. */
    SYSTEM
}
