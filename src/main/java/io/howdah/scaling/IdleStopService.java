package io.howdah.scaling;

import io.howdah.access.Access;
import io.howdah.access.Permission;
import io.howdah.access.Scope;
import io.howdah.access.Target;
import io.howdah.server.ServerSizing;
import io.howdah.server.ServerSleep;
import io.howdah.server.SizedServer;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Whether a server sleeps while nobody uses it. Nobody's does unless they say so. */
@Stateless
public class IdleStopService {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Access access;

    @Inject
    private ServerSizing sizing;

    @Inject
    private ServerSleep sleep;

    /** @throws io.howdah.shared.ProblemException NotFound */
    public IdlePolicy policy(UUID serverId) {
        visible(sizing.find(serverId), serverId);
        IdleStop kept = entities.find(IdleStop.class, serverId);
        return kept == null ? IdlePolicy.OFF : new IdlePolicy(kept.minutes, kept.ignored);
    }

    /**
     * Sets when the server goes to sleep. One that is asleep wakes when it is no longer to.
     *
     * @throws io.howdah.shared.ProblemException IdleTimeOutOfRange, NotFound
     */
    public void choose(UUID serverId, IdlePolicy policy) {
        String ignored = policy.ignored() == null ? "" : policy.ignored().strip();
        if (policy.minutes() < 0
                || policy.minutes() > IdlePolicy.LONGEST_MINUTES
                || ignored.length() > IdlePolicy.LONGEST_IGNORED) {
            throw Problem.of(ProblemCode.IdleTimeOutOfRange, IdlePolicy.LONGEST_MINUTES, IdlePolicy.LONGEST_IGNORED)
                    .at("minutes")
                    .raise();
        }
        SizedServer server = visible(sizing.hold(serverId), serverId);
        // Read before the audit record is written, since all other changes wait for that.
        IdleStop kept = entities.find(IdleStop.class, serverId, LockModeType.PESSIMISTIC_WRITE);
        access.change(
                Permission.SERVERS_STOP,
                Scope.server(server.teamId(), server.id()),
                new Target("server", server.id(), server.name()),
                Map.of("idleMinutes", Integer.toString(policy.minutes()), "ignored", ignored));
        if (!policy.on()) {
            if (kept != null) {
                entities.remove(kept);
            }
            sleep.wake(serverId, Map.of("idleStop", "off"));
            return;
        }
        boolean first = kept == null;
        if (first) {
            kept = new IdleStop();
            kept.serverId = serverId;
        }
        kept.minutes = policy.minutes();
        kept.ignored = ignored;
        kept.idleSince = null;
        if (first) {
            entities.persist(kept);
        }
    }

    private SizedServer visible(Optional<SizedServer> found, UUID serverId) {
        return found.filter(server -> access.sees(
                        Permission.SERVERS_READ,
                        Scope.server(server.teamId(), server.id()),
                        new Target("server", server.id(), server.name())))
                .orElseThrow(() -> Problem.of(ProblemCode.NotFound, "server", String.valueOf(serverId))
                        .raise());
    }
}
