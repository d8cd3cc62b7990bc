package io.howdah.engine;

import java.time.Duration;

/**
 * How a change to smaller storage went.
 *
 * @param kept whether the storage before is kept
 * @param held how long the pooled endpoint held clients back
 * @param traffic what went through the pooled endpoint meanwhile, or null when it can't be told
 */
public record StorageSwitch(int gibBefore, int gibAfter, boolean kept, Duration held, Resized.Traffic traffic) {}
