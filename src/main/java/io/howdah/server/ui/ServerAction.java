package io.howdah.server.ui;

import static io.howdah.server.ServerState.DISABLED;
import static io.howdah.server.ServerState.DROPPING;
import static io.howdah.server.ServerState.INACCESSIBLE;

import io.howdah.access.Permission;
import io.howdah.server.LockKind;
import io.howdah.server.LockView;
import io.howdah.server.ServerView;
import io.howdah.shared.Messages;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What can be done to a server from its page and from the list, and why it can't just now. The service decides in the
 * end; this only spares people the attempt.
 */
enum ServerAction {
    START(Permission.SERVERS_START, Sense.WHEN_STOPPED),
    STOP(Permission.SERVERS_STOP, Sense.WHEN_RUNNING),
    RESTART(Permission.SERVERS_RESTART, Sense.WHEN_RUNNING),
    RESET_PASSWORD(Permission.SERVERS_RESET_PASSWORD, Sense.WHEN_RUNNING),
    DELETE(Permission.SERVERS_DELETE, Sense.ALWAYS),
    UNDELETE(Permission.SERVERS_UNDELETE, Sense.ALWAYS),
    PURGE(Permission.SERVERS_PURGE, Sense.ALWAYS),
    TAG(Permission.SERVERS_TAG, Sense.ALWAYS),
    LOCK(Permission.LOCKS_WRITE, Sense.ALWAYS),
    ADD_DATABASE(Permission.DATABASES_CREATE, Sense.WHEN_RUNNING),
    DROP_DATABASE(Permission.DATABASES_DELETE, Sense.WHEN_RUNNING),
    MAINTAIN_DATABASES(Permission.DATABASES_MAINTAIN, Sense.WHEN_RUNNING);

    /** What people must wish the server to be; how it is just now does not matter, since operations wait in line. */
    private enum Sense {
        ALWAYS,
        WHEN_STOPPED,
        WHEN_RUNNING
    }

    private final Permission permission;
    private final Sense sense;

    ServerAction(Permission permission, Sense sense) {
        this.permission = permission;
        this.sense = sense;
    }

    String title() {
        return Messages.text(key("title"));
    }

    /** @param may whether the person has a permission in the server's team */
    Optional<String> refusal(ServerView server, Predicate<Permission> may) {
        if (!may.test(permission)) {
            return Optional.of(Messages.text("server.refusal.permission", permission.action(), server.teamName()));
        }
        if (this == UNDELETE || this == PURGE) {
            return server.deleted() && server.state() != DROPPING
                    ? Optional.empty()
                    : Optional.of(Messages.text("server.refusal.notDeleted"));
        }
        if (server.deleted()) {
            return Optional.of(Messages.text("server.refusal.deleted"));
        }
        Optional<LockView> lock = hindering(server);
        if (lock.isPresent()) {
            return Optional.of(Messages.text(
                    "server.refusal.locked",
                    lock.get().kind().azureName(),
                    lock.get().setBy(),
                    lock.get().place()));
        }
        return makesSense(server)
                ? Optional.empty()
                : Optional.of(
                        Messages.text("server.refusal.state", server.state().words()));
    }

    private boolean makesSense(ServerView server) {
        boolean nothingThere = server.state() == DISABLED;
        return switch (sense) {
            case ALWAYS -> true;
            case WHEN_STOPPED ->
                !nothingThere && (!server.wishedRunning() || server.state() == INACCESSIBLE || server.asleep());
            case WHEN_RUNNING -> !nothingThere && server.wishedRunning() && (!server.asleep() || this == STOP);
        };
    }

    private Optional<LockView> hindering(ServerView server) {
        // a lock must not keep locks from being removed, and forbids only some upkeep
        if (this == LOCK || this == MAINTAIN_DATABASES) {
            return Optional.empty();
        }
        return this == DELETE
                ? LockView.stopping(server.locks(), LockKind.CAN_NOT_DELETE, LockKind.READ_ONLY)
                : LockView.stopping(server.locks(), LockKind.READ_ONLY);
    }

    private String key(String part) {
        return "server.action." + name().toLowerCase(Locale.ROOT) + "." + part;
    }
}
