package io.howdah.scaling;

import io.howdah.server.Size;
import io.howdah.server.SizeChangeView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Which size a server had when. */
final class SizeHistory {

    private final TreeMap<Instant, Size> since = new TreeMap<>();

    private SizeHistory() {}

    /** @param changes the newest first; a size that has left the catalogue is passed over */
    static SizeHistory of(Size now, List<SizeChangeView> changes, List<Size> catalogue) {
        SizeHistory history = new SizeHistory();
        history.since.put(Instant.MIN, now);
        if (!changes.isEmpty()) {
            find(catalogue, changes.getLast().before()).ifPresent(first -> history.since.put(Instant.MIN, first));
        }
        changes.forEach(
                change -> find(catalogue, change.after()).ifPresent(size -> history.since.put(change.at(), size)));
        return history;
    }

    private static Optional<Size> find(List<Size> catalogue, String code) {
        return catalogue.stream().filter(size -> size.code().equals(code)).findFirst();
    }

    Size at(Instant instant) {
        return since.floorEntry(instant).getValue();
    }

    /** From {@code from} on, beginning with the size it had then. */
    List<SizeStep> steps(Instant from, Instant to) {
        TreeMap<Instant, Size> steps = new TreeMap<>(since.subMap(from, false, to, true));
        steps.put(from, at(from));
        return steps.entrySet().stream()
                .map(step -> new SizeStep(step.getKey(), step.getValue()))
                .toList();
    }
}
