package io.howdah.scaling;

import io.howdah.engine.Capabilities;
import io.howdah.engine.SettingChange;
import io.howdah.server.SizeChangeView;
import io.howdah.server.SizeOffer;
import io.howdah.server.SizedServer;
import java.time.Duration;
import java.util.List;

/**
 * A server's size, and the others it might have.
 *
 * @param offers the whole catalogue
 * @param expectedHold how long clients will wait if PostgreSQL must be restarted, as it was with this server's last
 *     changes; null when there were none
 * @param changes the newest first
 * @param awaitingRestart settings that take effect when PostgreSQL starts next
 */
public record ScalingView(
        SizedServer server,
        List<SizeOffer> offers,
        Duration expectedHold,
        List<SizeChangeView> changes,
        Capabilities capabilities,
        List<SettingChange> awaitingRestart) {}
