package io.howdah.access;

import java.time.Instant;

/**
 * A person's second factor.
 *
 * @param since when it was switched on, or null when it is off
 * @param recoveryCodes how many are left
 */
public record SecondFactorView(Instant since, int recoveryCodes) {

    public boolean on() {
        return since != null;
    }
}
