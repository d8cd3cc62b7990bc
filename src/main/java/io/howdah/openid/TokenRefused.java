package io.howdah.openid;

import com.nimbusds.jwt.proc.BadJWTException;

/** A token that does not hold, and exactly why. */
final class TokenRefused extends RuntimeException {

    TokenRefused(String why, Throwable cause) {
        super(why, cause);
    }

    /** Whether all that is wrong with it is its time: clocks differ, or it was long under way. */
    boolean ofAnotherTime() {
        return getCause() instanceof BadJWTException bad
                && (bad.getMessage().startsWith("Expired")
                        || bad.getMessage().contains("ahead of current time")
                        || bad.getMessage().contains("before use time"));
    }
}
