package io.howdah.access;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import javax.crypto.spec.SecretKeySpec;
import org.apache.commons.codec.binary.Base32;

/** One-time passwords by the clock, as authenticator apps make them: RFC 6238 with SHA-1, six digits and 30 seconds. */
final class Totp {

    private static final TimeBasedOneTimePasswordGenerator CODES = new TimeBasedOneTimePasswordGenerator();
    private static final long STEP_SECONDS = CODES.getTimeStep().toSeconds();
    /** As long as the hash, as RFC 4226 recommends. */
    private static final int SECRET_BYTES = 20;

    private static final SecureRandom RANDOM = new SecureRandom();

    private Totp() {}

    /** A new secret in Base32, as people can type it. */
    static String newSecret() {
        byte[] secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        return new Base32().encodeToString(secret);
    }

    /** What a QR code tells an authenticator app. */
    static String address(String secret, String personName) {
        String name = URLEncoder.encode(personName, StandardCharsets.UTF_8).replace("+", "%20");
        return "otpauth://totp/Howdah:" + name + "?secret=" + secret + "&issuer=Howdah";
    }

    /**
     * The time step the code belongs to, if it is one of now, of just before or of just after, since clocks differ.
     *
     * @param usedUpTo the newest step a code of which was used; older ones and itself are refused
     */
    static OptionalLong stepOf(String secret, String code, Instant now, long usedUpTo) {
        byte[] given = code.replace(" ", "").getBytes(StandardCharsets.UTF_8);
        long current = now.getEpochSecond() / STEP_SECONDS;
        for (long step = current - 1; step <= current + 1; step++) {
            if (step > usedUpTo && MessageDigest.isEqual(given, code(secret, step))) {
                return OptionalLong.of(step);
            }
        }
        return OptionalLong.empty();
    }

    private static byte[] code(String secret, long step) {
        try {
            return CODES.generateOneTimePasswordString(
                            new SecretKeySpec(new Base32().decode(secret), CODES.getAlgorithm()),
                            Instant.ofEpochSecond(step * STEP_SECONDS),
                            Locale.ROOT)
                    .getBytes(StandardCharsets.UTF_8);
        } catch (InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
    }
}
