package io.howdah.server;

import io.howdah.shared.Messages;

/** The state shown to people and to API clients; the names are Azure's. */
public enum ServerState {
    READY("Ready"),
    PROVISIONING("Provisioning"),
    UPDATING("Updating"),
    RESTARTING("Restarting"),
    STARTING("Starting"),
    STOPPING("Stopping"),
    STOPPED("Stopped"),
    DROPPING("Dropping"),
    /** Deleted within its grace time, or its creation failed. */
    DISABLED("Disabled"),
    /** It should run and does not answer. */
    INACCESSIBLE("Inaccessible");

    private final String azureName;

    ServerState(String azureName) {
        this.azureName = azureName;
    }

    public String azureName() {
        return azureName;
    }

    /** What people read, in the language of whoever does. */
    public String words() {
        return Messages.text("server.state." + name());
    }

    /** Whether an operation is changing it just now. */
    public boolean inTransition() {
        return switch (this) {
            case PROVISIONING, UPDATING, RESTARTING, STARTING, STOPPING, DROPPING -> true;
            case READY, STOPPED, DISABLED, INACCESSIBLE -> false;
        };
    }
}
