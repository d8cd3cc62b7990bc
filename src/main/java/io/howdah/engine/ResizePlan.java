package io.howdah.engine;

import io.howdah.shared.Problem;
import java.util.List;

/**
 * What another size would mean for a server.
 *
 * @param settings those that would change
 * @param restart whether PostgreSQL would be restarted behind the paused pooler
 * @param obstacle what would keep it from being done just now, or null
 */
public record ResizePlan(List<SettingChange> settings, boolean restart, Problem obstacle) {

    public ResizePlan {
        settings = List.copyOf(settings);
    }
}
