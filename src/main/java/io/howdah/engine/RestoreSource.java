package io.howdah.engine;

/** Where restored files come from. */
public record RestoreSource(ServerKey from, RestoreTarget target) {}
