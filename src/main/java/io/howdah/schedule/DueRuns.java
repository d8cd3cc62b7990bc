package io.howdah.schedule;

import io.howdah.operation.Subject;
import io.howdah.shared.Messages;
import io.howdah.shared.Problem;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The transactions in which a schedule whose time has come runs, and gets its next time. */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class DueRuns {

    /** A run that begins later than this after its time counts as missed. */
    static final Duration PUNCTUAL = Duration.ofSeconds(60);

    /** So many missed runs are counted; of more it is said that they are more. */
    private static final int COUNTED = 1000;

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private ScheduleSubjects subjects;

    @Inject
    private BeginRun beginRun;

    @Inject
    private RunEnds ends;

    @Inject
    private Triggers triggers;

    /** The schedule and all others of its server that are due. */
    public List<UUID> inOrder(UUID scheduleId) {
        Optional<UUID> server = serverOf(scheduleId);
        if (server.isEmpty()) {
            triggers.set(scheduleId, null);
            return List.of();
        }
        return entities.createQuery(
                        "select s.id from Schedule s where s.serverId = :server and s.paused = false and (s.nextDue <= :now or s.id = :id) order by s.nextDue, s.number",
                        UUID.class)
                .setParameter("server", server.get())
                .setParameter("now", now())
                .setParameter("id", scheduleId)
                .getResultList();
    }

    /** Runs it if it is due. Two who ask at one instant come one after the other, and the second finds nothing to do. */
    public void run(UUID scheduleId) {
        Optional<Subject> subject = serverOf(scheduleId).flatMap(subjects::lock);
        Schedule schedule = entities.find(Schedule.class, scheduleId, LockModeType.PESSIMISTIC_WRITE);
        if (schedule == null || schedule.paused || schedule.nextDue == null) {
            triggers.set(scheduleId, null);
            return;
        }
        Instant now = now();
        if (!schedule.nextDue.isAfter(now)) {
            // While its server is deleted, a schedule rests.
            subject.ifPresent(server -> runOrMiss(schedule, server, now));
            schedule.dueAfter(now);
        }
        entities.flush();
        triggers.set(scheduleId, schedule.nextDue);
    }

    /** Its run could not begin: that is put on record, and the schedule goes on. */
    public void fail(UUID scheduleId, Problem problem) {
        Optional<Subject> subject = serverOf(scheduleId).flatMap(subjects::lock);
        Schedule schedule = entities.find(Schedule.class, scheduleId, LockModeType.PESSIMISTIC_WRITE);
        Instant now = now();
        if (schedule == null || schedule.paused || schedule.nextDue == null || schedule.nextDue.isAfter(now)) {
            return;
        }
        ScheduleRun run = beginRun.record(schedule, schedule.nextDue, now);
        run.end(RunResult.FAILED, problem.message() + " " + problem.hint(), now);
        subject.ifPresent(server -> ends.announce(schedule, server, run));
        schedule.dueAfter(now);
        entities.flush();
        triggers.set(scheduleId, schedule.nextDue);
    }

    private void runOrMiss(Schedule schedule, Subject server, Instant now) {
        Instant planned = schedule.nextDue;
        Instant late = now.minus(PUNCTUAL);
        if (!planned.isBefore(late)) {
            beginRun.inItsOwnName(schedule, server, planned, null);
            return;
        }
        List<ZonedDateTime> missed = schedule.timing().between(planned.minusNanos(1), late, COUNTED + 1);
        if (schedule.misfire == Misfire.CATCH_UP) {
            beginRun.inItsOwnName(schedule, server, planned, reason("caughtUp", missed));
            return;
        }
        ScheduleRun run = beginRun.record(schedule, planned, now);
        run.end(RunResult.MISSED, reason("missed", missed), now);
        ends.announce(schedule, server, run);
        // The newest may still be punctual.
        schedule.timing()
                .next(late)
                .map(ZonedDateTime::toInstant)
                .filter(next -> !next.isAfter(now))
                .ifPresent(next -> beginRun.inItsOwnName(schedule, server, next, null));
    }

    private static String reason(String key, List<ZonedDateTime> missed) {
        if (missed.size() <= 1) {
            return Messages.text("schedule.reason." + key + ".one");
        }
        return missed.size() > COUNTED
                ? Messages.text("schedule.reason." + key + ".more", COUNTED)
                : Messages.text("schedule.reason." + key + ".many", missed.size());
    }

    /** The server's row is held before the schedule's: see {@link ScheduleSubjects#lock}. */
    private Optional<UUID> serverOf(UUID scheduleId) {
        return entities.createQuery("select s.serverId from Schedule s where s.id = :id", UUID.class)
                .setParameter("id", scheduleId)
                .getResultStream()
                .findFirst();
    }

    /** The database's, which is the same for all nodes. */
    private Instant now() {
        Object now = entities.createNativeQuery("select clock_timestamp()").getSingleResult();
        return now instanceof java.sql.Timestamp timestamp
                ? timestamp.toInstant()
                : ((java.time.OffsetDateTime) now).toInstant();
    }
}
