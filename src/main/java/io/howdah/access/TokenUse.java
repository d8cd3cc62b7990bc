package io.howdah.access;

import java.util.UUID;

/**
 * The token by which a caller came.
 *
 * @param name as whoever made it called it
 * @param narrowed whether it has a role of its own, so that it is worth less than its holder
 */
public record TokenUse(UUID id, String name, boolean narrowed) {}
