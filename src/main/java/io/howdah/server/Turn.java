package io.howdah.server;

import io.howdah.shared.Problem;

/**
 * Why a server that waits for room is not made yet.
 *
 * @param over whether it is not going to be
 */
record Turn(Problem problem, boolean over) {}
