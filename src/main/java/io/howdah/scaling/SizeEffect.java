package io.howdah.scaling;

import io.howdah.engine.SettingChange;
import io.howdah.server.Size;
import io.howdah.shared.Problem;
import java.time.Duration;
import java.util.List;

/**
 * What another size would mean for a server.
 *
 * @param before the size it has
 * @param settings those that follow the size and would change
 * @param restart whether PostgreSQL would be restarted behind the paused pooler
 * @param expectedHold how long clients would wait then, from this server's own history; null when it tells nothing
 * @param obstacle what would keep it from being done just now, or null
 */
public record SizeEffect(
        Size before,
        Size after,
        List<SettingChange> settings,
        boolean restart,
        Duration expectedHold,
        Problem obstacle) {}
