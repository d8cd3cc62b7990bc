package io.howdah.operation;

import java.util.UUID;

/**
 * Where a waiting operation stands.
 *
 * @param place 1 for the first in line
 * @param frontId the operation in front, which it waits for
 * @param frontTitle e.g. "Create server"
 * @param frontRuns whether that one runs, or waits in line too
 */
public record LinePlace(int place, UUID frontId, String frontTitle, boolean frontRuns) {}
