package io.howdah.access;

import java.util.Set;

/**
 * A role: a named set of actions such as {@code servers/start}.
 *
 * @param description what it is for, in the words of who made it; empty for ready-made ones
 */
public record RoleView(String name, String description, boolean readyMade, Set<String> actions) {}
