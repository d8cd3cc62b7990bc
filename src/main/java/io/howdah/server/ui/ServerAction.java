package io.howdah.server.ui;

import static io.howdah.server.ServerState.DISABLED;
import static io.howdah.server.ServerState.DROPPING;
import static io.howdah.server.ServerState.INACCESSIBLE;
import static io.howdah.server.ServerState.READY;
import static io.howdah.server.ServerState.STOPPED;

import io.howdah.access.Permission;
import io.howdah.server.LockKind;
import io.howdah.server.LockView;
import io.howdah.server.ServerState;
import io.howdah.server.ServerView;
import io.howdah.shared.Messages;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What can be done to a server from its page and from the list, and why it can't just now. The service decides in the
 * end; this only spares people the attempt.
 */
enum ServerAction {
    START(Permission.SERVERS_START, EnumSet.of(STOPPED)),
    STOP(Permission.SERVERS_STOP, EnumSet.of(READY, INACCESSIBLE)),
    RESTART(Permission.SERVERS_RESTART, EnumSet.of(READY, INACCESSIBLE)),
    RESET_PASSWORD(Permission.SERVERS_RESET_PASSWORD, EnumSet.of(READY)),
    DELETE(Permission.SERVERS_DELETE, EnumSet.of(READY, STOPPED, INACCESSIBLE, DISABLED)),
    UNDELETE(Permission.SERVERS_UNDELETE, EnumSet.allOf(ServerState.class)),
    PURGE(Permission.SERVERS_PURGE, EnumSet.allOf(ServerState.class)),
    TAG(Permission.SERVERS_TAG, EnumSet.allOf(ServerState.class)),
    LOCK(Permission.LOCKS_WRITE, EnumSet.allOf(ServerState.class)),
    ADD_DATABASE(Permission.DATABASES_CREATE, EnumSet.of(READY)),
    DROP_DATABASE(Permission.DATABASES_DELETE, EnumSet.of(READY)),
    MAINTAIN_DATABASES(Permission.DATABASES_MAINTAIN, EnumSet.of(READY));

    private final Permission permission;
    private final Set<ServerState> states;

    ServerAction(Permission permission, Set<ServerState> states) {
        this.permission = permission;
        this.states = states;
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
                    lock.get().setBy()));
        }
        if (!states.contains(server.state())) {
            return Optional.of(Messages.text(
                    server.state().inTransition() ? "server.refusal.inTransition" : "server.refusal.state",
                    server.state().azureName()));
        }
        return Optional.empty();
    }

    private Optional<LockView> hindering(ServerView server) {
        // a lock must not keep locks from being removed, and forbids only some upkeep
        if (this == LOCK || this == MAINTAIN_DATABASES) {
            return Optional.empty();
        }
        return server.locks().stream()
                .filter(lock -> lock.kind() == LockKind.READ_ONLY || this == DELETE)
                .max(Comparator.comparing(LockView::kind));
    }

    private String key(String part) {
        return "server.action." + name().toLowerCase(Locale.ROOT) + "." + part;
    }
}
