package io.howdah.operation;

import java.util.UUID;

/**
 * What an operation works on, with a line of its own: see {@link Hold}.
 *
 * @param node the home of the only portal node that can work on it, or null for any
 */
public record Subject(UUID id, String name, UUID teamId, String node) {

    /** What any node can work on. */
    public Subject(UUID id, String name, UUID teamId) {
        this(id, name, teamId, null);
    }
}
