package io.howdah.backup;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The rehearsals of one server.
 *
 * @param plan null before the server has been created
 * @param nextAt when the next one begins, or null when none does by itself
 * @param history newest first
 */
public record ServerRehearsals(RehearsalPlan plan, Instant nextAt, List<RehearsalView> history, List<SqlCheck> checks) {

    /** The newest one that has ended. */
    public Optional<RehearsalView> newest() {
        return history.stream().filter(one -> !one.underWay()).findFirst();
    }

    public boolean underWay() {
        return history.stream().anyMatch(RehearsalView::underWay);
    }
}
