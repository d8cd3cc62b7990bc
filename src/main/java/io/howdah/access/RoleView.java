package io.howdah.access;

import java.util.Set;

/** A role: a named set of actions such as {@code servers/start}. */
public record RoleView(String name, Set<String> actions) {}
