package io.howdah.access;

import java.time.Instant;

/**
 * Why somebody may do something: the assignment that lets them.
 *
 * @param person the sign-in name of whoever may
 * @param place the path of where the role was given; null for the whole installation
 * @param group the group by which they have the role, or null
 * @param endsAt when it ends, or null
 */
public record GrantView(String action, String person, String role, String place, String group, Instant endsAt) {}
