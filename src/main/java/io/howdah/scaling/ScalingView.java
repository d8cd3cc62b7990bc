package io.howdah.scaling;

import io.howdah.engine.Capabilities;
import io.howdah.engine.SettingChange;
import io.howdah.server.Size;
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
 * @param use of the last day; null when nothing was seen of it
 * @param credits null unless the size is burstable
 * @param day the same as a picture, in stretches of {@link #STRETCH}
 * @param daySizes the sizes it had in that day, the oldest first
 */
public record ScalingView(
        SizedServer server,
        List<SizeOffer> offers,
        Duration expectedHold,
        List<SizeChangeView> changes,
        Capabilities capabilities,
        List<SettingChange> awaitingRestart,
        UseSummary use,
        List<UsePoint> day,
        List<SizeStep> daySizes,
        CreditsView credits,
        ComputePrices prices) {

    public static final Duration STRETCH = Duration.ofMinutes(10);

    /** Whether PostgreSQL would have to be restarted for the size if it runs. */
    public boolean restarts(Size size) {
        return restarts(server.size(), size);
    }

    static boolean restarts(Size before, Size after) {
        return after.memoryMib() != before.memoryMib() || after.maxConnections() != before.maxConnections();
    }
}
