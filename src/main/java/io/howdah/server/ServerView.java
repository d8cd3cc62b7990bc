package io.howdah.server;

import io.howdah.engine.Endpoints;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A server as the portal shows it.
 *
 * @param note what is wrong or noteworthy about the state, or null
 * @param fullVersion e.g. "17.11", or null before it first ran
 * @param endpoints null before it was provisioned
 * @param startedAt when the running PostgreSQL was started, or null
 * @param degradedSince since when it ends so often that it is not brought back at once any more, or null
 * @param deletedAt null unless deleted
 * @param keptUntil until when a deleted server's data is kept, or null
 * @param wishedRunning whether it is to run once all that was asked has been done
 */
public record ServerView(
        UUID id,
        String name,
        UUID teamId,
        String teamName,
        UUID projectId,
        String projectName,
        ServerState state,
        String note,
        int majorVersion,
        String fullVersion,
        Size size,
        int storageGib,
        String administratorLogin,
        String firstDatabase,
        Endpoints endpoints,
        List<String> allowedNetworks,
        Map<String, String> tags,
        List<LockView> locks,
        Instant createdAt,
        String createdBy,
        Instant startedAt,
        Instant degradedSince,
        Instant deletedAt,
        Instant keptUntil,
        boolean wishedRunning) {

    /** Whether it rests and wakes when somebody connects. */
    public boolean asleep() {
        return state == ServerState.STOPPED && wishedRunning && note != null;
    }

    public boolean deleted() {
        return deletedAt != null;
    }
}
