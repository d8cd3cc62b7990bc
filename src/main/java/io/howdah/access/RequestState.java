package io.howdah.access;

/** How far a request for a role has come. */
public enum RequestState {
    OPEN,
    GIVEN,
    REFUSED,
    WITHDRAWN
}
