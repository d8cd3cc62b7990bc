package io.howdah.backup;

import io.howdah.engine.Engine;
import io.howdah.shared.Messages;
import io.howdah.shared.StandingJob;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;

/** Begins the backups that are due: first ones, weekly full ones, daily ones, and those that were missed. */
@Dependent
class BackUpServers implements StandingJob {

    @Inject
    private Upkeep upkeep;

    @Inject
    private Copies copies;

    @Inject
    private Engine engine;

    @Override
    public String name() {
        return "back-up-servers";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    @Override
    public String run() {
        if (engine.backups().isEmpty()) {
            return null;
        }
        upkeep.enrolAll();
        int begun = 0;
        // An operation goes to the node that has the server: from here all of them can be begun.
        for (UUID serverId : upkeep.due(null)) {
            if (upkeep.begin(serverId)) {
                begun++;
            }
        }
        if (copies.wanted()) {
            for (UUID serverId : copies.due()) {
                if (copies.begin(serverId)) {
                    begun++;
                }
            }
        }
        int confirmed = upkeep.confirmOverdue();
        return begun + confirmed == 0 ? null : Messages.text("job.back-up-servers.did", begun, confirmed);
    }
}
