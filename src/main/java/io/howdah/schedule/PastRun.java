package io.howdah.schedule;

/**
 * A run that was, or that is under way.
 *
 * @param key of its job
 * @param serverName null for a standing job
 */
public record PastRun(String key, String title, String serverName, RunView run) {}
