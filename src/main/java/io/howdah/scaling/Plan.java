package io.howdah.scaling;

import java.time.Instant;

/**
 * When a change of size that somebody wants is to be made.
 *
 * @param at {@link WaitsFor#TIME}: when; {@link WaitsFor#TRANSACTION}: until when it is tried; otherwise null
 */
public record Plan(WaitsFor waitsFor, Instant at) {}
