package io.howdah.access;

import java.util.List;
import java.util.UUID;

/**
 * A program's own account.
 *
 * @param id also its client id at the token endpoint
 * @param secrets the newest first
 */
public record ServiceAccountView(
        UUID id,
        String name,
        String description,
        UUID teamId,
        String team,
        boolean disabled,
        List<AssignmentView> roles,
        List<SecretView> secrets) {}
