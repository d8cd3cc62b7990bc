package io.howdah.engine;

import java.util.UUID;

/** The stable key of a server in its engine; the same for its whole life, unlike its endpoints. */
public record ServerKey(UUID id) {

    @Override
    public String toString() {
        return id.toString();
    }
}
