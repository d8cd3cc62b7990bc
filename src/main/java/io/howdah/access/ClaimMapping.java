package io.howdah.access;

import java.util.UUID;

/**
 * What a value of a provider's groups claim comes to here: either a group or a role at a scope.
 *
 * @param value as the provider writes it, e.g. {@code database-operators}, or a group's id with Entra ID
 * @param groupId the group, or null
 * @param role the role, or null
 * @param scope where the role holds, or null
 */
public record ClaimMapping(String value, UUID groupId, String role, Scope scope) {

    public static ClaimMapping toGroup(String value, UUID groupId) {
        return new ClaimMapping(value, groupId, null, null);
    }

    public static ClaimMapping toRole(String value, String role, Scope scope) {
        return new ClaimMapping(value, null, role, scope);
    }
}
