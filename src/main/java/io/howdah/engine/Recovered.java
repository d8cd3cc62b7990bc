package io.howdah.engine;

import java.time.Instant;

/**
 * How far a server's last recovery came, by the times of commits that stand in the write-ahead log itself.
 *
 * @param lastCommit the newest commit that it has, or null when it replayed none
 * @param stoppedBefore the commit that it left out because it is later than the target, or null when it came to the end
 */
public record Recovered(Instant lastCommit, Instant stoppedBefore) {}
