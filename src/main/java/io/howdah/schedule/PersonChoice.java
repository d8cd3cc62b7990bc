package io.howdah.schedule;

import java.util.UUID;

/** Somebody who can be told. */
public record PersonChoice(UUID id, String name) {}
