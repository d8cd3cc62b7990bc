package io.howdah.access;

import java.util.Optional;

/** The acts for which a team may want a second person. The names are data: policies and requests are stored with them. */
public enum ProtectedAction {
    /** Deleting a server, and removing a deleted one for good. */
    SERVER_DELETE,
    /** Also going back from such a restore, which gives up what was written since. */
    RESTORE_IN_PLACE,
    RETENTION_SHORTEN,
    /** Letting clients connect from a network so wide that it is more than one's own. */
    NETWORK_OPEN,
    /** Giving a role with which somebody could give roles, decide on requests, or do away with the policy. */
    OWNER_GRANT,
    /** Asking for less than before: protected wherever anything is. */
    POLICY_WEAKEN;

    /** Whether a policy names it; the others follow from there being one. */
    public boolean isChosen() {
        return this != POLICY_WEAKEN;
    }

    /** The one that every use of the permission is. */
    static Optional<ProtectedAction> of(Permission permission) {
        return switch (permission) {
            case SERVERS_DELETE, SERVERS_PURGE -> Optional.of(SERVER_DELETE);
            default -> Optional.empty();
        };
    }
}
