package io.howdah.backup;

import io.howdah.shared.StandingJob;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;

/** Looks how far each server can be restored. */
@Dependent
class ObserveBackups implements StandingJob {

    static final Duration EVERY = Duration.ofMinutes(1);

    @Inject
    private ArchiveWatch watch;

    @Override
    public String name() {
        return "observe-backups";
    }

    @Override
    public Duration every() {
        return EVERY;
    }

    @Override
    public String run() {
        return watch.run();
    }
}
