package io.howdah.audit;

import java.time.Instant;

/** A signed checkpoint: how far the log had come at that time. */
public record SealView(long number, long recordNumber, String recordHash, Instant at) {}
