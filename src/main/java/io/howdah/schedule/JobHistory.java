package io.howdah.schedule;

import io.howdah.shared.Ids;
import io.howdah.shared.Messages;
import io.howdah.shared.Settings;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

/**
 * What the standing jobs did. Those that look every few seconds mostly find nothing to do: of such runs only the newest
 * is kept.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class JobHistory {

    private static final String BROKEN_OFF = """
            select cast(r.id as text) from job_run r
            where r.result = 'RUNNING' and not exists (
                select 1 from qrtz_fired_triggers f
                where f.sched_name = 'howdah' and f.job_group = 'standing' and f.job_name = r.job)""";

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Clock clock;

    @Inject
    private Settings settings;

    @Inject
    private Event<JobChanged> changes;

    /** @return the run's id */
    public UUID begin(String job) {
        // One run at a time: one that has not ended never will.
        open(job).forEach(this::breakOff);
        entities.createQuery("delete from JobRun r where r.job = :job and r.result = :succeeded and r.note is null")
                .setParameter("job", job)
                .setParameter("succeeded", RunResult.SUCCEEDED)
                .executeUpdate();
        JobRun run = new JobRun();
        run.id = Ids.random();
        run.job = job;
        run.node = settings.node();
        run.beganAt = clock.instant();
        run.result = RunResult.RUNNING;
        entities.persist(run);
        return run.id;
    }

    public void end(UUID id, RunResult result, String note) {
        JobRun run = entities.find(JobRun.class, id);
        if (run == null) {
            return;
        }
        run.result = result;
        run.endedAt = clock.instant();
        run.note = note;
        if (note != null) {
            changes.fire(new JobChanged(run.job));
        }
    }

    /** Ends the runs that no node is at any more, as far as Quartz knows: the next run may be hours away. */
    public void endBrokenOff() {
        for (Object id : entities.createNativeQuery(BROKEN_OFF).getResultList()) {
            JobRun run = entities.find(JobRun.class, UUID.fromString(id.toString()), LockModeType.PESSIMISTIC_WRITE);
            if (run != null && run.result == RunResult.RUNNING) {
                breakOff(run);
                changes.fire(new JobChanged(run.job));
            }
        }
    }

    private void breakOff(JobRun run) {
        run.result = RunResult.FAILED;
        run.endedAt = clock.instant();
        run.note = Messages.text("job.aborted", run.node);
    }

    private List<JobRun> open(String job) {
        return entities.createQuery("select r from JobRun r where r.job = :job and r.result = :running", JobRun.class)
                .setParameter("job", job)
                .setParameter("running", RunResult.RUNNING)
                .getResultList();
    }
}
