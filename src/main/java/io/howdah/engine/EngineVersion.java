package io.howdah.engine;

/**
 * A PostgreSQL version that can be run.
 *
 * @param major e.g. 17
 * @param full e.g. "17.11"
 */
public record EngineVersion(int major, String full) {}
