package io.howdah.server;

import io.howdah.server.Server.Wish;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import io.howdah.shared.ProblemException;
import java.util.List;

/**
 * What must be true of a server for an act to make sense; each raises a problem when it is not. What is asked waits in
 * line behind what was asked before: so what counts is what people wish the server to be, not how it is just now.
 */
final class Requirements {

    private Requirements() {}

    static void requireTyped(String typed, String name) {
        if (typed == null || !typed.strip().equals(name)) {
            throw Problem.of(ProblemCode.NameNotConfirmed, name).at("typedName").raise();
        }
    }

    /** By no lock of these kinds, whether it is the server's own or one it inherits. */
    static void requireUnlocked(Server server, LockKind... kinds) {
        requireUnlocked(server.name, server.lockViews(), kinds);
    }

    /** @throws ProblemException ServerLocked, naming the lock, where it sits and who set it */
    static void requireUnlocked(String name, List<LockView> locks, LockKind... kinds) {
        LockView.stopping(locks, kinds).ifPresent(lock -> {
            throw Problem.of(ProblemCode.ServerLocked, name, lock.kind().azureName(), lock.setBy(), lock.place())
                    .raise();
        });
    }

    static void requireNotDeleted(Server server) {
        if (server.deletedAt != null) {
            throw Problem.of(ProblemCode.ServerBeingDeleted, server.name).raise();
        }
    }

    static void requireDeleted(Server server) {
        if (server.deletedAt == null) {
            throw Problem.of(ProblemCode.ServerNotDeleted, server.name).raise();
        }
    }

    static void requireCreated(Server server) {
        if (neverCreated(server)) {
            throw Problem.of(ProblemCode.ServerNotReady, server.name, server.state.azureName())
                    .raise();
        }
    }

    /** It runs, or will when what was asked before has been done. */
    static void requireRunning(Server server) {
        requireNotDeleted(server);
        if (server.wished != Wish.RUNNING || neverCreated(server) || server.asleep()) {
            throw notReady(server);
        }
    }

    /** It runs now: what is only looked at can't wait. */
    static void requireAnswering(Server server) {
        requireRunning(server);
        if (server.state == ServerState.STOPPED || server.settledWish == null) {
            throw notReady(server);
        }
    }

    private static ProblemException notReady(Server server) {
        return Problem.of(ProblemCode.ServerNotReady, server.name, server.state.azureName())
                .raise();
    }

    /** Whether it can be asked about its databases just now. */
    static boolean answers(Server server) {
        return server.deletedAt == null && server.wished == Wish.RUNNING && server.state == ServerState.READY;
    }

    /** Its creation came to nothing: nothing of it exists on the host. */
    static boolean neverCreated(Server server) {
        return server.state == ServerState.DISABLED && server.deletedAt == null && server.settledWish == null;
    }
}
