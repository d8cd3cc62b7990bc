package io.howdah.engine;

/**
 * A setting that follows a server's size.
 *
 * @param name as PostgreSQL or its pooler calls it
 * @param before with its unit, e.g. "64 MB"
 * @param after with its unit
 * @param restart whether PostgreSQL must be restarted for it
 */
public record SettingChange(String name, String before, String after, boolean restart) {}
