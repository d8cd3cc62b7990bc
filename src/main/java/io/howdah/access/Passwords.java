package io.howdah.access;

import com.nulabinc.zxcvbn.Zxcvbn;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.identitystore.Pbkdf2PasswordHash;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * People's own passwords: what is accepted, and how they are kept. PBKDF2 with HMAC-SHA-512 and 210,000 iterations, as
 * the OWASP Password Storage Cheat Sheet asks.
 */
@ApplicationScoped
class Passwords {

    static final int MIN_LENGTH = 12;
    private static final int MIN_DISTINCT = 5;
    /** Online, each guess costs time and is slowed down; this many take years. */
    private static final double MIN_GUESSES = 1e8;
    /** What is longer is not looked at: estimating takes longer than in proportion, and so much is enough. */
    private static final int LOOKED_AT = 64;

    private static final Zxcvbn GUESSES = new Zxcvbn();

    @Inject
    private Pbkdf2PasswordHash hash;

    private String someHash;

    @PostConstruct
    void configure() {
        hash.initialize(Map.of(
                "Pbkdf2PasswordHash.Algorithm", "PBKDF2WithHmacSHA512",
                "Pbkdf2PasswordHash.Iterations", "210000",
                "Pbkdf2PasswordHash.SaltSizeBytes", "16"));
        someHash = hash.generate("nobody".toCharArray());
    }

    /** Why the password is not good enough, if it is not. */
    static Optional<Problem> check(String password, String personName) {
        int length = password == null ? 0 : password.length();
        if (length < MIN_LENGTH) {
            return Optional.of(
                    Problem.of(ProblemCode.PasswordTooShort, length, MIN_LENGTH).at("password"));
        }
        String lower = password.toLowerCase(Locale.ROOT);
        String account = personName.toLowerCase(Locale.ROOT).split("@")[0];
        if (account.length() > 2 && lower.contains(account)
                || lower.chars().distinct().count() < MIN_DISTINCT
                || isEasyToGuess(password, account)) {
            return Optional.of(Problem.of(ProblemCode.PasswordTooCommon).at("password"));
        }
        return Optional.empty();
    }

    /** By lists of the most common passwords, names and words, and by sequences, repetitions, dates and keyboard rows. */
    private static boolean isEasyToGuess(String password, String account) {
        String start = password.substring(0, Math.min(password.length(), LOOKED_AT));
        return GUESSES.measure(start, List.of(account, "howdah", "postgres")).getGuesses() < MIN_GUESSES;
    }

    String hash(String password) {
        return hash.generate(password.toCharArray());
    }

    /** Takes as long for a missing hash as for a wrong password, so that time does not tell which names exist. */
    boolean matches(String password, String passwordHash) {
        boolean same = hash.verify(password.toCharArray(), passwordHash == null ? someHash : passwordHash);
        return same && passwordHash != null;
    }
}
