package io.howdah.schedule;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.UUID;
import org.quartz.Job;
import org.quartz.JobExecutionContext;

/** A schedule's time has come, says Quartz; whether that is so, and what is to be done, the schedule's table says. */
@Dependent
public class RunSchedule implements Job {

    @Inject
    private Firing firing;

    @Override
    public void execute(JobExecutionContext context) {
        firing.fire(UUID.fromString(context.getJobDetail().getKey().getName()));
    }
}
