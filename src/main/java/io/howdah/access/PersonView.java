package io.howdah.access;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A person who may sign in.
 *
 * @param name the sign-in name
 * @param waiting true until the person has set a password by the one-time link
 */
public record PersonView(
        UUID id,
        String name,
        String displayName,
        boolean waiting,
        boolean disabled,
        Instant lastSignInAt,
        List<AssignmentView> roles) {}
