package io.howdah.server;

import io.howdah.shared.Messages;
import io.howdah.shared.StandingJob;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;

/** Removes deleted servers for good once their grace time is over. */
@Dependent
class PurgeDeletedServers implements StandingJob {

    @Inject
    private Reconciliation reconciliation;

    @Override
    public String name() {
        return "purge-deleted-servers";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    @Override
    public String run() {
        int begun = reconciliation.purgeExpired();
        return begun == 0 ? null : Messages.text("job.purge-deleted-servers.did", begun);
    }
}
