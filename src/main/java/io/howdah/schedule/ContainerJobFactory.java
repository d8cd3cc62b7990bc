package io.howdah.schedule;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import org.quartz.Job;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;
import org.quartz.Scheduler;
import org.quartz.spi.JobFactory;
import org.quartz.spi.TriggerFiredBundle;

/** Makes Quartz's jobs as beans, so that injection works in them, and destroys each after its run. */
@ApplicationScoped
public class ContainerJobFactory implements JobFactory {

    @Inject
    @Any
    private Instance<Job> jobs;

    @Override
    public Job newJob(TriggerFiredBundle bundle, Scheduler scheduler) {
        Class<? extends Job> type = bundle.getJobDetail().getJobClass();
        return context -> run(type, context);
    }

    private void run(Class<? extends Job> type, JobExecutionContext context) throws JobExecutionException {
        Job job = jobs.select(type).get();
        try {
            job.execute(context);
        } finally {
            jobs.destroy(job);
        }
    }
}
