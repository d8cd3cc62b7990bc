package io.howdah.engine;

import java.time.Instant;
import java.util.List;

/**
 * One client session, from {@code pg_stat_activity}.
 *
 * @param state e.g. "active", "idle in transaction"
 * @param waitingFor wait event type and event, e.g. "Lock: transactionid", or null
 * @param blockedBy process ids of the sessions whose locks it waits for
 * @param statement the running or last statement, cut at 2,000 characters
 */
public record SessionInfo(
        int pid,
        String database,
        String role,
        String application,
        String clientAddress,
        String state,
        String waitingFor,
        Instant connectedAt,
        Instant transactionSince,
        Instant statementSince,
        List<Integer> blockedBy,
        String statement) {}
