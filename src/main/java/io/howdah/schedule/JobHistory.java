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
        for (JobRun aborted : open(job)) {
            aborted.result = RunResult.FAILED;
            aborted.endedAt = clock.instant();
            aborted.note = Messages.text("job.aborted", aborted.node);
        }
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

    private List<JobRun> open(String job) {
        return entities.createQuery("select r from JobRun r where r.job = :job and r.result = :running", JobRun.class)
                .setParameter("job", job)
                .setParameter("running", RunResult.RUNNING)
                .getResultList();
    }
}
