package io.howdah.scaling;

import java.time.Instant;
import java.util.SortedMap;

/**
 * The CPU credits of a server, each worth a minute of one vCore.
 *
 * @param most that can be saved
 * @param held whether there were none left, and the server gets what it earns alone
 * @param day what it had in the last day, at the end of stretches of {@link ScalingView#STRETCH}
 */
public record CreditsView(
        double balance, double most, double earnedAMinute, boolean held, SortedMap<Instant, Double> day) {}
