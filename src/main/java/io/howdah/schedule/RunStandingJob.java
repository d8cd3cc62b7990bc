package io.howdah.schedule;

import io.howdah.shared.Ids;
import io.howdah.shared.Messages;
import io.howdah.shared.ProblemException;
import io.howdah.shared.StandingJob;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;

/** Looks up the standing job that its key names, runs it, and keeps what came of it. A failure never ends its rhythm. */
@Dependent
@DisallowConcurrentExecution
public class RunStandingJob implements Job {

    private static final Logger LOG = Logger.getLogger(RunStandingJob.class.getName());

    @Inject
    private StandingJobs jobs;

    @Inject
    private JobHistory history;

    @Override
    public void execute(JobExecutionContext context) {
        String name = context.getJobDetail().getKey().getName();
        jobs.find(name).ifPresentOrElse(this::run, () -> LOG.log(Level.WARNING, "no standing job is called {0}", name));
    }

    void run(StandingJob job) {
        try {
            UUID run = history.begin(job.name());
            Ending ending = attempt(job);
            history.end(run, ending.result(), ending.note());
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "the run of standing job " + job.name() + " could not be put on record", e);
        }
    }

    private record Ending(RunResult result, String note) {}

    private static Ending attempt(StandingJob job) {
        try {
            return new Ending(RunResult.SUCCEEDED, job.run());
        } catch (ProblemException e) {
            LOG.log(Level.WARNING, "standing job " + job.name() + " failed", e);
            return new Ending(RunResult.FAILED, e.problem().message());
        } catch (RuntimeException | Error e) {
            String correlation = Ids.correlation();
            LOG.log(Level.WARNING, "standing job " + job.name() + " failed; correlation id " + correlation, e);
            return new Ending(RunResult.FAILED, Messages.text("job.failed", correlation));
        }
    }
}
