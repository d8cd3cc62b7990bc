package io.howdah.engine;

import java.time.Instant;

/**
 * A session of the pooled endpoint that has a transaction open.
 *
 * @param connectedAt when the session began; with the process id it names it for good
 * @param since when its transaction began
 */
public record OpenTransaction(
        int pid, Instant connectedAt, String role, String database, String application, Instant since) {}
