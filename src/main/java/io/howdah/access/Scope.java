package io.howdah.access;

import java.util.UUID;

/**
 * Where a role holds: the whole installation, or one team and all its servers.
 *
 * @param teamId the team, or null for the installation
 */
public record Scope(UUID teamId) {

    public static final Scope INSTALLATION = new Scope(null);

    public static Scope team(UUID teamId) {
        return new Scope(teamId);
    }

    public boolean isInstallation() {
        return teamId == null;
    }
}
