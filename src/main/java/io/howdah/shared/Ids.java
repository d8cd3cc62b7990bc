package io.howdah.shared;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;

/** Identifiers and one-time codes. */
public final class Ids {

    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    public static UUID random() {
        return UUID.randomUUID();
    }

    /** A correlation id, 16 hexadecimal digits: short enough to be read out on the telephone. */
    public static String correlation() {
        return HexFormat.of().formatHex(bytes(8));
    }

    /** A code that nobody guesses, 256 bits, safe in a URL's fragment. */
    public static String secretCode() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(32));
    }

    /** Characters of the alphabet, each as likely as any other. */
    public static String randomText(String alphabet, int length) {
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append(alphabet.charAt(RANDOM.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    /** A code of digits, to be typed within a short time and few tries. */
    public static String digits(int length) {
        return randomText("0123456789", length);
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /** Always the same of the same two, and nobody can aim it at an id that is there. */
    public static UUID of(UUID wish, UUID person) {
        return UUID.nameUUIDFromBytes((wish + " " + person).getBytes(StandardCharsets.UTF_8));
    }
}
