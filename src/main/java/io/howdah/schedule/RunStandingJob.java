package io.howdah.schedule;

import io.howdah.shared.StandingJob;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;

/** The one Quartz job class: looks up the standing job that its key names, and runs it. */
@Dependent
@DisallowConcurrentExecution
public class RunStandingJob implements Job {

    private static final Logger LOG = Logger.getLogger(RunStandingJob.class.getName());

    @Inject
    @Any
    private Instance<StandingJob> jobs;

    @Override
    public void execute(JobExecutionContext context) {
        String name = context.getJobDetail().getKey().getName();
        for (StandingJob job : jobs) {
            if (job.name().equals(name)) {
                run(job);
                return;
            }
        }
        LOG.log(Level.WARNING, "no standing job is called {0}", name);
    }

    private static void run(StandingJob job) {
        try {
            job.run();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "standing job " + job.name() + " failed; its next run is due as usual", e);
        }
    }
}
