package io.howdah.scaling;

import io.howdah.access.Caller;
import io.howdah.access.Callers;
import io.howdah.access.Holders;
import io.howdah.engine.OpenTransaction;
import io.howdah.operation.OperationEnded;
import io.howdah.operation.OperationStatus;
import io.howdah.server.ServerSizing;
import io.howdah.server.SizedServer;
import io.howdah.shared.Ids;
import io.howdah.shared.Messages;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import io.howdah.shared.Sql;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** The transactions in which planned changes of size begin, wait on, and end. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class PlannedChanges {

    /** A transaction that was in the way is looked at again after this. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

    /** As often as this the pooled clients may be held back in vain. */
    private static final Duration TRY_AGAIN = Duration.ofSeconds(20);

    @PersistenceContext
    private EntityManager entities;

    @Resource(lookup = "jdbc/howdah")
    private DataSource dataSource;

    @Inject
    private ServerSizing sizing;

    @Inject
    private ScalingService scaling;

    @Inject
    private Holders holders;

    @Inject
    private Clock clock;

    /** One whose time has come. */
    record Due(UUID id, UUID serverId, WaitsFor waitsFor) {}

    /** In the order of asking. */
    public List<Due> due() {
        return entities.createQuery("""
                        select c from PlannedChange c
                        where c.due <= :now and c.operationId is null and c.failure is null order by c.number""", PlannedChange.class)
                .setParameter("now", clock.instant())
                .getResultStream()
                .map(change -> new Due(change.id, change.serverId, change.waitsFor))
                .toList();
    }

    /**
     * Begins the change in the name of who asked for it.
     *
     * @return false when it is not to be made any more
     * @throws io.howdah.shared.ProblemException why it can't begin
     */
    public boolean begin(Due due) {
        SizedServer server = sizing.hold(due.serverId()).orElse(null);
        PlannedChange change = waiting(due.id());
        if (server == null || change == null) {
            return false;
        }
        if (change.givesUpAt != null && clock.instant().isAfter(change.givesUpAt)) {
            change.failure = Messages.text("scaling.planned.gaveUp");
            return false;
        }
        Caller caller = new Caller(
                change.personId, holders.name(change.personId).orElse(change.askedBy), null, Ids.correlation());
        boolean same = server.wished().code().equals(change.size);
        change.operationId = Callers.as(
                caller,
                () -> same
                        ? scaling.finish(server.id())
                        : scaling.scale(
                                server.id(),
                                change.size,
                                Messages.text(
                                        "scaling.why.planned." + change.waitsFor,
                                        change.askedAt
                                                .truncatedTo(ChronoUnit.SECONDS)
                                                .toString())));
        change.doing = null;
        return true;
    }

    /** It waits on, for that transaction. */
    public void standsBehind(UUID id, OpenTransaction open) {
        PlannedChange change = waiting(id);
        if (change != null) {
            change.doing = Messages.text(
                    "scaling.planned.transaction",
                    Integer.toString(open.pid()),
                    open.role(),
                    open.database(),
                    open.application(),
                    open.since().truncatedTo(ChronoUnit.SECONDS).toString());
            putOff(change, LOOK_AGAIN);
        }
    }

    /** It could not begin: what waits for room waits on if that is all there is to it. */
    public void couldNot(UUID id, Problem problem) {
        PlannedChange change = waiting(id);
        if (change == null) {
            return;
        }
        if (change.waitsFor == WaitsFor.ROOM && noRoom(problem)) {
            change.doing = problem.message();
            putOff(change, LOOK_AGAIN);
        } else {
            change.failure = problem.message() + " " + problem.hint();
        }
    }

    /** Whether there may be room later. */
    static boolean noRoom(Problem problem) {
        return problem.code() == ProblemCode.NoRoomForMemory || problem.code() == ProblemCode.NoRoomForVCores;
    }

    private void putOff(PlannedChange change, Duration pause) {
        Instant next = clock.instant().plus(pause);
        if (change.givesUpAt != null && !next.isBefore(change.givesUpAt)) {
            change.failure = Messages.text("scaling.planned.gaveUp") + (change.doing == null ? "" : " " + change.doing);
        }
        change.due = next;
    }

    private PlannedChange waiting(UUID id) {
        PlannedChange change = entities.find(PlannedChange.class, id, LockModeType.PESSIMISTIC_WRITE);
        return change == null || change.operationId != null || change.failure != null ? null : change;
    }

    /** What a transaction was in the way of is tried again as long as it may be; anything else has ended. */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void ended(@Observes @Priority(Interceptor.Priority.APPLICATION) OperationEnded end) {
        for (UUID id : Sql.rows(
                dataSource,
                "select id from planned_change where operation_id = ?",
                row -> Sql.id(row, "id"),
                end.operationId())) {
            PlannedChange change = entities.find(PlannedChange.class, id);
            if (end.status() != OperationStatus.FAILED) {
                entities.remove(change);
            } else {
                change.operationId = null;
                change.doing = end.problem().message();
                boolean again =
                        change.givesUpAt != null && end.problem().code() == ProblemCode.EngineTransactionInTheWay;
                if (again) {
                    putOff(change, TRY_AGAIN);
                } else {
                    change.failure = end.problem().message();
                }
            }
            // Nothing is left to be written when the others who are told hold locks that all wait for.
            entities.flush();
        }
    }
}
