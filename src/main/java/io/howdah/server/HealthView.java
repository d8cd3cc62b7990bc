package io.howdah.server;

import java.time.Instant;
import java.util.List;

/**
 * How a server is, beside how it is wished to be.
 *
 * @param shouldRun whether it is wished to run
 * @param state what it was seen to do
 * @param note what is wrong, in a sentence, or null
 * @param degradedSince since when it ends so often that it is not brought back at once any more, or null
 * @param nextTry when the product starts a degraded server again at the earliest, or null
 * @param incidents the newest first
 */
public record HealthView(
        boolean shouldRun,
        ServerState state,
        String note,
        Instant degradedSince,
        Instant nextTry,
        List<IncidentView> incidents) {}
