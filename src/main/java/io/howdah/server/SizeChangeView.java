package io.howdah.server;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * A change of size that has been carried out.
 *
 * @param restarted whether PostgreSQL was restarted for it
 * @param held how long clients of the pooled endpoint waited at most
 */
public record SizeChangeView(
        UUID operationId, Instant at, String before, String after, boolean restarted, Duration held) {}
