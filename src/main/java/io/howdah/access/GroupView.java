package io.howdah.access;

import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * A group of people.
 *
 * @param members the ids of its people
 * @param names their sign-in names, sorted
 */
public record GroupView(UUID id, String name, Set<UUID> members, List<String> names, List<AssignmentView> roles) {}
