package io.howdah.operation;

import java.util.UUID;

/** What an operation works on. One changing operation at a time; others wait in line. */
public record Subject(UUID id, String name, UUID teamId) {}
