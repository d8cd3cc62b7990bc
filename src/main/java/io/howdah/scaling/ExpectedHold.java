package io.howdah.scaling;

import io.howdah.server.SizeChangeView;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How long clients wait when a server is given another size, from how long they did. */
final class ExpectedHold {

    private ExpectedHold() {}

    /**
     * The median of the newest changes for which PostgreSQL was restarted.
     *
     * @param changes the newest first
     */
    static Optional<Duration> from(List<SizeChangeView> changes, int newest) {
        List<Duration> held = changes.stream()
                .filter(SizeChangeView::restarted)
                .limit(newest)
                .map(SizeChangeView::held)
                .sorted()
                .toList();
        return held.isEmpty() ? Optional.empty() : Optional.of(held.get(held.size() / 2));
    }
}
