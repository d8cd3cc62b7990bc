package io.howdah.scaling;

import io.howdah.access.Access;
import io.howdah.access.Caller;
import io.howdah.access.Permission;
import io.howdah.access.Scope;
import io.howdah.access.Target;
import io.howdah.maintenance.MaintenanceWindow;
import io.howdah.maintenance.MaintenanceWindows;
import io.howdah.server.ServerSizing;
import io.howdah.server.Size;
import io.howdah.server.SizedServer;
import io.howdah.shared.Ids;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Changes of size that are not made at once: planning them, seeing what they wait for, taking them back. */
@Stateless
public class PlannedChangeService {

    private static final Duration FARTHEST = Duration.ofDays(366);

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Access access;

    @Inject
    private ServerSizing sizing;

    @Inject
    private MaintenanceWindows windows;

    @Inject
    private Clock clock;

    /**
     * Those that wait, are being made, or came to nothing; in the order of asking.
     *
     * @throws io.howdah.shared.ProblemException NotFound
     */
    public List<PlannedChangeView> planned(UUID serverId) {
        visible(sizing.find(serverId), serverId);
        return entities.createQuery(
                        "select c from PlannedChange c where c.serverId = :server order by c.number",
                        PlannedChange.class)
                .setParameter("server", serverId)
                .getResultStream()
                .map(PlannedChange::view)
                .toList();
    }

    /** The server's next maintenance window, or the one that is open now. */
    public MaintenanceWindow.Span nextWindow(UUID serverId) {
        visible(sizing.find(serverId), serverId);
        return windows.of(serverId).next(clock.instant());
    }

    /**
     * Plans the change. What waits for a transaction or for room replaces what waited for such before.
     *
     * @return the plan's id
     * @throws io.howdah.shared.ProblemException SizeUnknown, TimeNotAhead, NotFound
     */
    public UUID plan(UUID serverId, String sizeCode, Plan plan) {
        Size size = sizing.require(sizeCode);
        Instant now = clock.instant();
        boolean timed = plan.waitsFor() == WaitsFor.TIME || plan.waitsFor() == WaitsFor.TRANSACTION;
        if (timed && (plan.at() == null || !plan.at().isAfter(now) || plan.at().isAfter(now.plus(FARTHEST)))) {
            throw Problem.of(ProblemCode.TimeNotAhead, FARTHEST.toDays())
                    .at("at")
                    .raise();
        }
        SizedServer server = visible(sizing.hold(serverId), serverId);
        Caller caller = access.change(
                Permission.SERVERS_SCALE,
                Scope.server(server.teamId(), server.id()),
                target(server),
                Map.of(
                        "before", server.wished().code(),
                        "after", size.code(),
                        "waitsFor", plan.waitsFor().name(),
                        "at", String.valueOf(plan.at())));
        PlannedChange change = new PlannedChange();
        change.id = Ids.random();
        change.serverId = serverId;
        change.size = size.code();
        change.waitsFor = plan.waitsFor();
        change.askedAt = now;
        change.askedBy = caller.name();
        change.personId = caller.personId();
        switch (plan.waitsFor()) {
            case TIME -> change.due = plan.at();
            case WINDOW -> {
                MaintenanceWindow.Span window = windows.of(serverId).next(now);
                change.due = window.begin();
                change.givesUpAt = window.end();
            }
            case TRANSACTION -> {
                replace(serverId, WaitsFor.TRANSACTION);
                change.due = now;
                change.givesUpAt = plan.at();
            }
            case ROOM -> {
                replace(serverId, WaitsFor.ROOM);
                change.due = now;
            }
        }
        entities.persist(change);
        return change.id;
    }

    private void replace(UUID serverId, WaitsFor waitsFor) {
        entities.createQuery("delete from PlannedChange c where c.serverId = :server and c.waitsFor = :what"
                        + " and c.operationId is null")
                .setParameter("server", serverId)
                .setParameter("what", waitsFor)
                .executeUpdate();
    }

    /**
     * Takes a plan back, or puts away one that came to nothing.
     *
     * @throws io.howdah.shared.ProblemException NotFound, PlanUnderWay
     */
    public void cancel(UUID serverId, UUID planId) {
        SizedServer server = visible(sizing.hold(serverId), serverId);
        PlannedChange change = entities.find(PlannedChange.class, planId, LockModeType.PESSIMISTIC_WRITE);
        if (change == null || !change.serverId.equals(serverId)) {
            throw Problem.of(ProblemCode.NotFound, "plan", String.valueOf(planId))
                    .raise();
        }
        access.change(
                Permission.SERVERS_SCALE,
                Scope.server(server.teamId(), server.id()),
                target(server),
                Map.of("plan", change.size, "waitsFor", change.waitsFor.name(), "cancelled", "true"));
        if (change.operationId != null) {
            throw Problem.of(ProblemCode.PlanUnderWay).raise();
        }
        entities.remove(change);
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
