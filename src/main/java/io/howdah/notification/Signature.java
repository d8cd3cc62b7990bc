package io.howdah.notification;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Proves to a webhook's receiver that a message is Howdah's, unchanged and new: an HMAC-SHA256 under the secret only the
 * two know, over the time of sending, a dot and the body.
 */
final class Signature {

    private Signature() {}

    /** The header's value, {@code t=<seconds since 1970>,v1=<hexadecimal>}. */
    static String header(String secret, String body, Instant at) {
        String seconds = Long.toString(at.getEpochSecond());
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] proof = mac.doFinal((seconds + "." + body).getBytes(StandardCharsets.UTF_8));
            return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(proof);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
