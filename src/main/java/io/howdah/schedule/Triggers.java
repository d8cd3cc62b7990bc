package io.howdah.schedule;

import io.howdah.shared.StandingJob;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.quartz.JobBuilder;
import org.quartz.JobDetail;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.SimpleTrigger;
import org.quartz.Trigger;
import org.quartz.Trigger.TriggerState;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;

/**
 * Quartz's triggers: one shot for each schedule's next run, and a rhythm for each standing job. All of it happens in the
 * running transaction; Quartz holds a lock of its own until that ends, so it comes last.
 */
@ApplicationScoped
class Triggers {

    static final String SCHEDULES = "schedules";
    static final String STANDING = "standing";

    private volatile Scheduler scheduler;

    void use(Scheduler started) {
        scheduler = started;
    }

    /** @param due when the schedule runs next, or null when it does not */
    void set(UUID scheduleId, Instant due) {
        try {
            JobKey key = new JobKey(scheduleId.toString(), SCHEDULES);
            if (due == null) {
                scheduler.deleteJob(key);
                return;
            }
            JobDetail job = JobBuilder.newJob(RunSchedule.class)
                    .withIdentity(key)
                    .requestRecovery()
                    .build();
            // Quartz looks for triggers of the past only now and then.
            Instant now = Instant.now();
            SimpleTrigger once = TriggerBuilder.newTrigger()
                    .withIdentity(key.getName(), SCHEDULES)
                    .forJob(key)
                    .startAt(Date.from(due.isBefore(now) ? now : due))
                    .withSchedule(SimpleScheduleBuilder.simpleSchedule().withMisfireHandlingInstructionFireNow())
                    .build();
            scheduler.scheduleJob(job, Set.of(once), true);
        } catch (SchedulerException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Makes the standing job's trigger what it should be. Replacing one that is right would make it fire once more. */
    void align(StandingJob job, boolean paused) {
        TriggerKey key = new TriggerKey(job.name(), STANDING);
        try {
            Trigger known = scheduler.getTrigger(key);
            boolean right = known instanceof SimpleTrigger simple
                    && simple.getRepeatInterval() == job.every().toMillis();
            if (!right) {
                JobDetail detail = JobBuilder.newJob(RunStandingJob.class)
                        .withIdentity(new JobKey(job.name(), STANDING))
                        .storeDurably()
                        .build();
                scheduler.scheduleJob(detail, Set.of(rhythm(key, job)), true);
            }
            TriggerState state = scheduler.getTriggerState(key);
            if (state == TriggerState.ERROR) {
                scheduler.resetTriggerFromErrorState(key);
            }
            if (paused && state != TriggerState.PAUSED) {
                scheduler.pauseTrigger(key);
            } else if (!paused && state == TriggerState.PAUSED) {
                scheduler.resumeTrigger(key);
            }
        } catch (SchedulerException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Trigger rhythm(TriggerKey key, StandingJob job) {
        return TriggerBuilder.newTrigger()
                .withIdentity(key)
                .forJob(job.name(), STANDING)
                .startNow()
                .withSchedule(SimpleScheduleBuilder.simpleSchedule()
                        .withIntervalInMilliseconds(job.every().toMillis())
                        .repeatForever()
                        .withMisfireHandlingInstructionNowWithRemainingCount())
                .build();
    }

    void runNow(StandingJob job) {
        try {
            scheduler.triggerJob(new JobKey(job.name(), STANDING));
        } catch (SchedulerException e) {
            throw new IllegalStateException(e);
        }
    }

    /** When the standing job runs next. */
    Optional<Instant> next(StandingJob job) {
        try {
            return Optional.ofNullable(scheduler.getTrigger(new TriggerKey(job.name(), STANDING)))
                    .map(Trigger::getNextFireTime)
                    .map(Date::toInstant);
        } catch (SchedulerException e) {
            throw new IllegalStateException(e);
        }
    }
}
