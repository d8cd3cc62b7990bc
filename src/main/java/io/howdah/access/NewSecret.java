package io.howdah.access;

import java.time.Instant;

/**
 * A token or client secret that has just been made: nobody can read it again.
 *
 * @param name of the token, or of the service account
 * @param text what programs show
 */
public record NewSecret(String name, String text, Instant endsAt) {

    @Override
    public String toString() {
        return "NewSecret[" + name + "]";
    }
}
