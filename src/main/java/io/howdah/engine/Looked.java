package io.howdah.engine;

import java.time.Instant;

/**
 * A copy that is held open to be read as a server was at an instant.
 *
 * @param at what was committed up to then is there, and nothing else
 * @param open whether it answers; one that does not has to be made anew
 * @param endpoints where it is read; its direct port alone is served
 * @param newest when the newest change that is there was committed, or null when nothing tells
 */
public record Looked(Instant at, boolean open, Endpoints endpoints, Instant newest) {}
