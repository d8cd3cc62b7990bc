package io.howdah.backup;

import io.howdah.engine.Engine;
import io.howdah.shared.Messages;
import io.howdah.shared.StandingJob;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;

/** Begins the rehearsals that are due, one at a time on each host. */
@Dependent
class RehearseBackups implements StandingJob {

    @Inject
    private RehearsalUpkeep upkeep;

    @Inject
    private Engine engine;

    @Override
    public String name() {
        return "rehearse-backups";
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
        int begun = 0;
        for (UUID serverId : upkeep.due()) {
            if (upkeep.begin(serverId)) {
                begun++;
            }
        }
        return begun == 0 ? null : Messages.text("job.rehearse-backups.did", begun);
    }
}
