package io.howdah.backup;

import java.time.Instant;

/**
 * A backup that somebody asks for.
 *
 * @param keepUntil until when it is kept whatever the policy says
 */
public record OnDemand(String name, String note, Instant keepUntil) {}
