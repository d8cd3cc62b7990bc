package io.howdah.scaling;

import io.howdah.engine.Engine;
import io.howdah.engine.OpenTransaction;
import io.howdah.engine.ServerKey;
import io.howdah.shared.Messages;
import io.howdah.shared.ProblemException;
import io.howdah.shared.StandingJob;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;

/** Begins the changes of size whose time has come, and looks whether what others wait for is there now. */
@Dependent
class MakePlannedChanges implements StandingJob {

    @Inject
    private PlannedChanges changes;

    @Inject
    private Engine engine;

    @Override
    public String name() {
        return "make-planned-changes";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(5);
    }

    @Override
    public String run() {
        int begun = 0;
        boolean full = false;
        for (PlannedChanges.Due due : changes.due()) {
            // First come, first served: nobody is let past who waits longer for room.
            if (full && due.waitsFor() == WaitsFor.ROOM) {
                continue;
            }
            OpenTransaction open = inTheWay(due);
            if (open != null) {
                changes.standsBehind(due.id(), open);
                continue;
            }
            try {
                begun += changes.begin(due) ? 1 : 0;
            } catch (ProblemException notNow) {
                changes.couldNot(due.id(), notNow.problem());
                full |= PlannedChanges.noRoom(notNow.problem());
            }
        }
        return begun == 0 ? null : Messages.text("job.make-planned-changes.did", begun);
    }

    /** Null also when it can't be told from here: the change itself finds out. */
    private OpenTransaction inTheWay(PlannedChanges.Due due) {
        if (due.waitsFor() == WaitsFor.ROOM) {
            return null;
        }
        try {
            return engine.inTheWay(new ServerKey(due.serverId()));
        } catch (ProblemException notFromHere) {
            return null;
        }
    }
}
