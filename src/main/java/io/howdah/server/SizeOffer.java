package io.howdah.server;

import io.howdah.shared.Problem;

/**
 * A size that a server might be given.
 *
 * @param problem why not just now, or null
 */
public record SizeOffer(Size size, Problem problem) {}
