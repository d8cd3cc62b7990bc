package io.howdah.engine;

/**
 * Where restored files come from.
 *
 * @param gently whether all other work of the place goes first
 */
public record RestoreSource(ServerKey from, RestoreTarget target, boolean gently) {

    public RestoreSource(ServerKey from, RestoreTarget target) {
        this(from, target, false);
    }
}
