package io.howdah.backup;

import io.howdah.engine.TableName;

/**
 * A table as it was at the instant that is looked at.
 *
 * @param rows how many it had; negative when the administrator may not read it
 * @param exact whether they were counted, else estimated
 */
public record TableAsOf(TableName name, long rows, boolean exact, long bytes) {}
