package io.howdah.schedule;

import io.howdah.shared.StandingJob;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Makes Quartz's triggers what the product's own tables say they should be. With empty Quartz tables that means all of
 * them. One node at a time does it: two that start at once on an empty store would make the same rows.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class Repair {

    private static final Logger LOG = Logger.getLogger(Repair.class.getName());

    /** Any number that nothing else in this database uses for an advisory lock. */
    private static final long TRIGGERS_LOCK = 4_711_004;

    private static final String WRONG = """
            select cast(s.id as text) from schedule s
            left join qrtz_triggers t on t.sched_name = 'howdah' and t.trigger_group = 'schedules'
                and t.trigger_name = cast(s.id as text)
            where not s.paused and s.next_due is not null
              and (t.trigger_name is null
                   or t.trigger_state not in ('WAITING', 'ACQUIRED', 'EXECUTING', 'BLOCKED')
                   or t.next_fire_time > extract(epoch from greatest(s.next_due, now())) * 1000 + 5000
                   or t.next_fire_time < extract(epoch from s.next_due) * 1000 - 5000)
            order by s.next_due, s.number""";

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private StandingJobs jobs;

    @Inject
    private Triggers triggers;

    /** The rows that Quartz locks with; made here because two nodes that make them at one instant fail. */
    public void prepare() {
        alone();
        entities.createNativeQuery("""
                        insert into qrtz_locks (sched_name, lock_name)
                        values ('howdah', 'TRIGGER_ACCESS'), ('howdah', 'STATE_ACCESS') on conflict do nothing""").executeUpdate();
    }

    public void standingJobs() {
        alone();
        Set<String> paused = new TreeSet<>(
                entities.createQuery("select j.name from StandingJobEntry j where j.paused = true", String.class)
                        .getResultList());
        for (StandingJob job : jobs.all()) {
            triggers.align(job, paused.contains(job.name()));
        }
    }

    /** The schedules whose trigger is missing or at a wrong time, the most urgent first. */
    @SuppressWarnings("unchecked")
    public List<String> schedulesToMend() {
        return entities.createNativeQuery(WRONG).getResultList();
    }

    public void schedule(UUID id) {
        Schedule schedule = entities.find(Schedule.class, id, LockModeType.PESSIMISTIC_WRITE);
        if (schedule != null) {
            LOG.log(Level.INFO, "the trigger of schedule {0} is made again", id);
            triggers.set(id, schedule.nextDue);
        }
    }

    private void alone() {
        entities.createNativeQuery("select pg_advisory_xact_lock(" + TRIGGERS_LOCK + ")")
                .getResultList();
    }
}
