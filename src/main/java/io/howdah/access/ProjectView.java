package io.howdah.access;

import java.util.UUID;

/**
 * A project of a team.
 *
 * @param standard whether it is the team's default one
 * @param servers how many lie in it, deleted ones within their grace time included
 */
public record ProjectView(UUID id, UUID teamId, String teamName, String name, boolean standard, int servers) {

    public Scope scope() {
        return Scope.project(teamId, id);
    }
}
