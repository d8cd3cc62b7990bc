package io.howdah.server;

import io.howdah.access.Scope;
import io.howdah.shared.Messages;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A lock, wherever it sits.
 *
 * @param scope the team, project or server it was put on
 * @param placeName that one's name
 */
public record LockView(
        UUID id, Scope scope, String placeName, LockKind kind, String note, String setBy, Instant setAt) {

    /** Of several locks, the strictest stops first; of equal ones the one that lies nearest, which is found most easily. */
    private static final Comparator<LockView> STRENGTH =
            Comparator.comparing(LockView::kind).thenComparing(lock -> nearness(lock.scope()));

    private static int nearness(Scope scope) {
        return scope.serverId() != null ? 2 : scope.projectId() != null ? 1 : 0;
    }

    /** The one that is in the way, if these kinds are. */
    public static Optional<LockView> stopping(List<LockView> locks, LockKind... kinds) {
        return locks.stream()
                .filter(lock -> Arrays.asList(kinds).contains(lock.kind()))
                .max(STRENGTH);
    }

    /** Where it sits, in words, e.g. {@code the project "Shop"}. */
    public String place() {
        String level = scope.serverId() != null ? "server" : scope.projectId() != null ? "project" : "team";
        return Messages.text("lock.place." + level, placeName);
    }
}
