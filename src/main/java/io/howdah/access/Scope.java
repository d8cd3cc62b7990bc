package io.howdah.access;

import java.util.UUID;

/**
 * Where a role holds: the whole installation, one team and all its projects, one project and all its servers, or one
 * server. What holds at a scope holds at all within it.
 *
 * @param teamId the team it is or lies in, or null for the installation
 * @param projectId the project it is, or null
 * @param serverId the server it is, or null
 */
public record Scope(UUID teamId, UUID projectId, UUID serverId) {

    public static final Scope INSTALLATION = new Scope(null, null, null);

    public Scope {
        if (projectId != null && serverId != null || teamId == null && (projectId != null || serverId != null)) {
            throw new IllegalArgumentException("a scope is one place");
        }
    }

    public static Scope team(UUID teamId) {
        return new Scope(teamId, null, null);
    }

    public static Scope project(UUID teamId, UUID projectId) {
        return new Scope(teamId, projectId, null);
    }

    public static Scope server(UUID teamId, UUID serverId) {
        return new Scope(teamId, null, serverId);
    }

    /** Of something that happened to a server, or, without a team, to the installation. */
    public static Scope of(UUID teamId, UUID serverId) {
        return teamId == null ? INSTALLATION : server(teamId, serverId);
    }

    public boolean isInstallation() {
        return teamId == null;
    }

    public boolean isTeam() {
        return teamId != null && projectId == null && serverId == null;
    }
}
