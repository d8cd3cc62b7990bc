package io.howdah.access;

import java.util.UUID;

/** A team, which owns servers and whose members hold roles. */
public record TeamView(UUID id, String name, int people, int servers) {}
