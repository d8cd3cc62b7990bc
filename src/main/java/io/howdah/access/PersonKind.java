package io.howdah.access;

/** Whose account it is. */
public enum PersonKind {
    PERSON,
    /** A program's: it never signs in to the portal. */
    SERVICE_ACCOUNT
}
