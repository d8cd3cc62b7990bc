package io.howdah.scaling;

import io.howdah.server.Size;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What autoscale would have done.
 *
 * @param minutes in which the server was seen running; nothing else is counted
 * @param use in stretches of {@link #STRETCH}
 * @param had the sizes there were
 * @param wouldHave those there would have been
 * @param changes that would have been made, the oldest first
 * @param minutesShort in which more was used than the size would have had
 * @param costHad of the sizes there were; null without prices
 */
public record SimulationView(
        Instant from,
        Instant to,
        int minutes,
        List<UsePoint> use,
        List<SizeStep> had,
        List<SizeStep> wouldHave,
        List<Change> changes,
        double vCoreHoursHad,
        double vCoreHoursWouldHave,
        int minutesShort,
        BigDecimal costHad,
        BigDecimal costWouldHave) {

    public static final Duration STRETCH = Duration.ofMinutes(30);

    /** @param why in words */
    public record Change(Instant at, Size before, Size after, String why) {}
}
