package io.howdah.schedule;

import io.howdah.access.Caller;
import io.howdah.access.Callers;
import io.howdah.access.EventKind;
import io.howdah.access.Notice;
import io.howdah.access.Notices;
import io.howdah.operation.OperationEnded;
import io.howdah.operation.OperationStatus;
import io.howdah.operation.Subject;
import io.howdah.shared.Ids;
import io.howdah.shared.Messages;
import io.howdah.shared.Problem;
import io.howdah.shared.Sql;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** Ends a run when the operation that carries it out ends, in the same transaction, and tells who wants to know. */
@Stateless
public class RunEnds {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private ScheduleSubjects subjects;

    @Inject
    private Instance<Notices> notices;

    @Inject
    private Clock clock;

    @Resource(lookup = "jdbc/howdah")
    private DataSource dataSource;

    @Inject
    private Event<ScheduleChanged> changes;

    @Inject
    private Event<StopOwed> stops;

    /** Fired within the transaction that ends a run whose server is still to be stopped. */
    record StopOwed() {}

    /** Before the audit log's writer, because the server's row is never asked for by who holds that. */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void ended(@Observes @Priority(Interceptor.Priority.APPLICATION) OperationEnded end) {
        // Most operations are nobody's run, and ending one should cost little.
        for (UUID id : Sql.rows(
                dataSource,
                "select id from schedule_run where operation_id = ?",
                row -> Sql.id(row, "id"),
                end.operationId())) {
            ScheduleRun run = entities.find(ScheduleRun.class, id);
            boolean succeeded = end.status() == OperationStatus.SUCCEEDED;
            run.end(
                    succeeded ? RunResult.SUCCEEDED : RunResult.FAILED,
                    succeeded ? run.reason : why(end.problem()),
                    clock.instant());
            Schedule schedule = entities.find(Schedule.class, run.scheduleId);
            if (!succeeded) {
                // Under the operation's correlation id: who is told of the run need not be told of the operation too.
                Callers.as(
                        new Caller(null, end.requestedBy(), null, end.correlationId()),
                        () -> announce(schedule, new Subject(end.subjectId(), end.subjectName(), end.teamId()), run));
            }
            if (run.stopAfter) {
                stops.fire(new StopOwed());
            }
            changes.fire(new ScheduleChanged(schedule.id, schedule.serverId));
            // Nothing is left to be written when the others who are told hold locks that all wait for.
            entities.flush();
        }
    }

    /** Ended runs whose server has still to be stopped. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public List<UUID> toStop() {
        return entities.createQuery(
                        "select r.id from ScheduleRun r where r.stopAfter = true and r.endedAt is not null", UUID.class)
                .getResultList();
    }

    /** Stops the server that a run had started, unless somebody has done so. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void stop(UUID runId) {
        Schedule schedule = scheduleOf(runId);
        boolean there = schedule != null && subjects.lock(schedule.serverId).isPresent();
        ScheduleRun run = entities.find(ScheduleRun.class, runId, LockModeType.PESSIMISTIC_WRITE);
        if (run == null || !run.stopAfter) {
            return;
        }
        run.stopAfter = false;
        if (there && subjects.running(schedule.serverId)) {
            Caller caller = new Caller(schedule.runsAs, schedule.runsAsName, null, Ids.correlation());
            subjects.stop(schedule.serverId, caller);
        }
    }

    /** The stop could not be put into the server's line: it is not tried for ever. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void giveUpStop(UUID runId, Problem problem) {
        ScheduleRun run = entities.find(ScheduleRun.class, runId, LockModeType.PESSIMISTIC_WRITE);
        if (run != null) {
            run.stopAfter = false;
            run.reason = (run.reason == null ? "" : run.reason + " ")
                    + Messages.text("schedule.reason.notStopped", problem.message());
        }
    }

    /** Tells the people the schedule names about a run that failed or was missed. */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void announce(Schedule schedule, Subject server, ScheduleRun run) {
        if (schedule.tellOnFailure().isEmpty() || !notices.isResolvable()) {
            return;
        }
        boolean missed = run.result == RunResult.MISSED;
        notices.get()
                .tell(new Notice(
                        missed ? EventKind.SCHEDULE_MISSED : EventKind.SCHEDULE_FAILED,
                        server.teamId(),
                        server.id(),
                        server.name(),
                        Messages.text(
                                missed ? "schedule.notice.missed" : "schedule.notice.failed",
                                schedule.name,
                                server.name()),
                        run.reason == null ? "" : run.reason,
                        "servers/" + server.name() + "/schedules",
                        schedule.tellOnFailure()));
    }

    private static String why(Problem problem) {
        return problem == null ? Messages.text("schedule.reason.cancelled") : problem.message();
    }

    private Schedule scheduleOf(UUID runId) {
        return entities.createQuery(
                        "select s from Schedule s, ScheduleRun r where r.id = :run and s.id = r.scheduleId",
                        Schedule.class)
                .setParameter("run", runId)
                .getResultStream()
                .findFirst()
                .orElse(null);
    }
}
