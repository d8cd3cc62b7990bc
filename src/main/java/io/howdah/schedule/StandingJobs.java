package io.howdah.schedule;

import io.howdah.shared.Messages;
import io.howdah.shared.StandingJob;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/** What the product does by itself again and again. */
@ApplicationScoped
class StandingJobs {

    private List<StandingJob> jobs;

    /** For the proxy. */
    StandingJobs() {}

    @Inject
    StandingJobs(@Any Instance<StandingJob> all) {
        jobs = all.stream().toList();
    }

    List<StandingJob> all() {
        return jobs;
    }

    Optional<StandingJob> find(String name) {
        return jobs.stream().filter(job -> job.name().equals(name)).findFirst();
    }

    static String title(StandingJob job) {
        return Messages.text("job." + job.name() + ".title");
    }
}
