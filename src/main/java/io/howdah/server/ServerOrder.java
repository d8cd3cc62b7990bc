package io.howdah.server;

/** By what a list of servers is sorted. */
public enum ServerOrder {
    NAME,
    STATE,
    VERSION,
    CREATED
}
