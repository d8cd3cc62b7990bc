package io.howdah.server;

import io.howdah.shared.Messages;
import io.howdah.shared.StandingJob;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;

/** Removes the disks that servers had before they were given less storage, once they have been kept for long enough. */
@Dependent
class LetStorageGo implements StandingJob {

    @Inject
    private StorageKeeping storage;

    @Override
    public String name() {
        return "let-storage-go";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(10);
    }

    @Override
    public String run() {
        int begun = storage.letGoOverdue();
        return begun == 0 ? null : Messages.text("job.let-storage-go.did", begun);
    }
}
