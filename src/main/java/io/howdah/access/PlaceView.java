package io.howdah.access;

/**
 * Somewhere a role can hold.
 *
 * @param name its own name; null for the whole installation
 * @param path its name with those above it, e.g. "Payments / Orders / orders-db"; null for the whole installation
 */
public record PlaceView(Scope scope, String name, String path) {}
