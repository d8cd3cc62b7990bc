package io.howdah.access;

import java.time.Instant;
import java.util.UUID;

/**
 * A role given at a scope.
 *
 * @param place the team's, project's or server's name; null for the whole installation
 * @param group the group through which a person has it, or null
 * @param endsAt when it ends, or null
 */
public record AssignmentView(UUID id, String role, Scope scope, String place, String group, Instant endsAt) {}
