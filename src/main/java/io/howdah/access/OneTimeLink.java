package io.howdah.access;

import java.time.Instant;

/**
 * A code with which one person sets a password, once.
 *
 * @param code belongs in the fragment of {@code /welcome#<code>}, which browsers never send
 */
public record OneTimeLink(String personName, String code, Instant validUntil) {

    @Override
    public String toString() {
        return "OneTimeLink[" + personName + "]";
    }
}
