package io.howdah.access;

import java.util.UUID;

/**
 * What an action is done to, as the audit log shows it.
 *
 * @param type e.g. "server", "person", "team"
 * @param id its id, or null while it has none
 * @param name its name at the time
 */
public record Target(String type, UUID id, String name) {}
