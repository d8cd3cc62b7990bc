package io.howdah.access;

import java.util.UUID;

/**
 * A role given to a person at a scope.
 *
 * @param teamId null for the whole installation
 * @param teamName null for the whole installation
 */
public record AssignmentView(UUID id, String role, UUID teamId, String teamName) {}
