package io.howdah.engine;

/**
 * A schema of a database, of people's own making or {@code public}.
 *
 * @param open whether the role that was asked for may make something in it
 */
public record SchemaInfo(String name, boolean open) {}
