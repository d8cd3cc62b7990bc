package io.howdah.server;

import java.util.regex.Pattern;
import org.postgresql.util.PasswordUtil;

/**
 * A draft that may be stored: there is no password in it.
 *
 * @param draft without a password
 * @param verifier the password's, as PostgreSQL keeps it
 */
public record SealedDraft(ServerDraft draft, String verifier) {

    private static final Pattern SCRAM =
            Pattern.compile("SCRAM-SHA-256\\$\\d+:[A-Za-z0-9+/=]+\\$[A-Za-z0-9+/=]+:[A-Za-z0-9+/=]+");

    public SealedDraft {
        if (draft.administratorPassword() != null) {
            throw new IllegalArgumentException("a sealed draft has no password");
        }
        if (verifier == null || !SCRAM.matcher(verifier).matches()) {
            throw new IllegalArgumentException("not a SCRAM-SHA-256 verifier");
        }
    }

    /** Of this password, salted anew each time. */
    static String verifier(String password) {
        return PasswordUtil.encodeScramSha256(password.toCharArray());
    }

    @Override
    public String toString() {
        return "SealedDraft[" + draft.name() + "]";
    }
}
