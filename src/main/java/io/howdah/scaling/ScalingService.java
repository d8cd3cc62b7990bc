package io.howdah.scaling;

import io.howdah.access.Access;
import io.howdah.access.Caller;
import io.howdah.access.Permission;
import io.howdah.access.Scope;
import io.howdah.access.Target;
import io.howdah.engine.Engine;
import io.howdah.engine.ResizePlan;
import io.howdah.monitoring.UsageLog;
import io.howdah.monitoring.UsageSample;
import io.howdah.operation.OperationService;
import io.howdah.server.ServerSizing;
import io.howdah.server.Size;
import io.howdah.server.SizeChangeView;
import io.howdah.server.SizedServer;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import io.howdah.shared.ProblemException;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The sizes of servers: which there are, what another one would mean, and moving a server to it. */
@Stateless
public class ScalingService {

    /** So many of a server's last changes foretell the next. */
    private static final int TELLING = 10;

    private static final int SHOWN = 20;
    private static final Duration DAY = Duration.ofDays(1);

    @Inject
    private Access access;

    @Inject
    private ServerSizing sizing;

    @Inject
    private OperationService operations;

    @Inject
    private Engine engine;

    @Inject
    private UsageLog usage;

    @Inject
    private CreditLedger credits;

    @Inject
    private ComputePrices prices;

    @Inject
    private Clock clock;

    /**
     * The server's size, and the others it might have.
     *
     * @throws io.howdah.shared.ProblemException NotFound
     */
    public ScalingView view(UUID serverId) {
        SizedServer server = visible(sizing.find(serverId), serverId);
        // A view that says the same is not drawn again.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MINUTES);
        List<UsageSample> day = usage.of(serverId, now.minus(DAY));
        List<SizeChangeView> changes = sizing.changes(serverId, SHOWN);
        return new ScalingView(
                server,
                sizing.offers(serverId),
                ExpectedHold.from(changes, TELLING).orElse(null),
                changes,
                engine.capabilities(),
                sizing.awaitingRestart(serverId),
                UseSummary.of(day).orElse(null),
                UsePoint.of(day, ScalingView.STRETCH),
                SizeHistory.of(server.size(), changes, sizing.all()).steps(now.minus(DAY), now),
                credits.view(serverId, server.size(), now.minus(DAY)),
                prices);
    }

    /**
     * What the size would mean for the server.
     *
     * @throws io.howdah.shared.ProblemException SizeUnknown, NotFound
     */
    public SizeEffect effect(UUID serverId, String sizeCode) {
        Size size = sizing.require(sizeCode);
        SizedServer server = visible(sizing.find(serverId), serverId);
        Duration hold =
                ExpectedHold.from(sizing.changes(serverId, SHOWN), TELLING).orElse(null);
        Problem obstacle = sizing.check(serverId, size).orElse(null);
        try {
            ResizePlan plan = sizing.plan(serverId, size);
            return new SizeEffect(
                    server.size(),
                    size,
                    plan.settings(),
                    plan.restart(),
                    hold,
                    obstacle != null ? obstacle : plan.obstacle());
        } catch (ProblemException notNow) {
            boolean restart = ScalingView.restarts(server.size(), size);
            return new SizeEffect(server.size(), size, List.of(), restart, hold, notNow.problem());
        }
    }

    /** The first rule that the size breaks for the server, now. */
    public Optional<Problem> check(UUID serverId, String sizeCode) {
        visible(sizing.find(serverId), serverId);
        try {
            return sizing.check(serverId, sizing.require(sizeCode));
        } catch (ProblemException unknown) {
            return Optional.of(unknown.problem());
        }
    }

    /**
     * Moves the server to the size. One that runs goes on running.
     *
     * @return the operation's id
     * @throws io.howdah.shared.ProblemException SizeUnknown, NotFound, ServerLocked, ServerBeingDeleted, ServerNotReady,
     *     SizeUnchanged, SizeTooLarge, NoRoomForMemory
     */
    public UUID scale(UUID serverId, String sizeCode) {
        return scale(serverId, sizeCode, null);
    }

    /**
     * The same, with what has led to it, for its receipt.
     *
     * @param why in words; null when a person simply asks for it
     * @return the operation's id
     * @throws io.howdah.shared.ProblemException as {@link #scale(UUID, String)}
     */
    public UUID scale(UUID serverId, String sizeCode, String why) {
        Size size = sizing.require(sizeCode);
        SizedServer server = visible(sizing.hold(serverId), serverId);
        Map<String, String> details =
                new HashMap<>(Map.of("before", server.wished().code(), "after", size.code()));
        if (why != null) {
            details.put("why", why);
        }
        return sizing.begin(serverId, size, change(server, details), why);
    }

    /**
     * The same, but nobody waits: what needs a restart of PostgreSQL takes effect with the next one.
     *
     * @return the operation's id
     * @throws io.howdah.shared.ProblemException as {@link #scale}
     */
    public UUID scaleWithoutRestart(UUID serverId, String sizeCode) {
        Size size = sizing.require(sizeCode);
        SizedServer server = visible(sizing.hold(serverId), serverId);
        Caller caller =
                change(server, Map.of("before", server.wished().code(), "after", size.code(), "restart", "later"));
        return sizing.beginWithoutRestart(serverId, size, caller);
    }

    /**
     * Does what waits for a restart of PostgreSQL, behind the paused pooler.
     *
     * @return the operation's id
     * @throws io.howdah.shared.ProblemException NotFound, ServerLocked, ServerBeingDeleted, ServerNotReady
     */
    public UUID finish(UUID serverId) {
        SizedServer server = visible(sizing.hold(serverId), serverId);
        Caller caller = change(server, Map.of("size", server.wished().code(), "restart", "now"));
        return sizing.finish(serverId, caller);
    }

    /** The newest change of the server's size, if an open transaction kept it from being made. */
    public Optional<KeptChange> kept(UUID serverId) {
        SizedServer server = visible(sizing.find(serverId), serverId);
        return sizing.keptByTransaction(serverId)
                .map(kept -> new KeptChange(
                        kept.operationId(),
                        new SizedServer(server.id(), server.name(), server.teamId(), server.size(), kept.size())));
    }

    /** What that change of the server's size came to; empty when the operation was none, or came to nothing. */
    public Optional<Receipt> receipt(UUID serverId, UUID operationId) {
        visible(sizing.find(serverId), serverId);
        return sizing.change(serverId, operationId).map(change -> Receipt.of(operations.get(operationId), change));
    }

    private Caller change(SizedServer server, Map<String, String> details) {
        return access.change(
                Permission.SERVERS_SCALE, Scope.server(server.teamId(), server.id()), target(server), details);
    }

    private SizedServer visible(Optional<SizedServer> found, UUID serverId) {
        return found.filter(server -> access.sees(
                        Permission.SERVERS_READ,
                        Scope.server(server.teamId(), server.id()),
                        new Target("server", server.id(), server.name())))
                .orElseThrow(() -> Problem.of(ProblemCode.NotFound, "server", String.valueOf(serverId))
                        .raise());
    }

    private static Target target(SizedServer server) {
        return new Target("server", server.id(), server.name());
    }
}
