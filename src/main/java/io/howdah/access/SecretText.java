package io.howdah.access;

import io.howdah.shared.Ids;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The text of a token or a client secret: a prefix that says what it is, 256 random bits, and a checksum. By prefix and
 * checksum a scanner tells a leaked one from any other text without asking anybody, e.g. {@code
 * howdah_pat_[0-9A-Za-z]{49}}. Only a hash is kept, which needs no salt: nobody guesses 256 bits.
 */
final class SecretText {

    /** What it opens. */
    enum Kind {
        PERSONAL_TOKEN("howdah_pat_"),
        SERVICE_ACCOUNT_TOKEN("howdah_sat_"),
        /** Given by the token endpoint. */
        BEARER("howdah_at_"),
        CLIENT_SECRET("howdah_cs_");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }

    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int RANDOM_DIGITS = 43;
    private static final int CHECKSUM_DIGITS = 6;
    private static final int HINT_DIGITS = 4;
    private static final Pattern REST = Pattern.compile("[0-9A-Za-z]{" + (RANDOM_DIGITS + CHECKSUM_DIGITS) + "}");

    private SecretText() {}

    static String make(Kind kind) {
        String random = Ids.randomText(DIGITS, RANDOM_DIGITS);
        return kind.prefix + random + checksum(kind.prefix + random);
    }

    /** What the text is; empty when it was never one of ours, or was mistyped. */
    static Optional<Kind> kind(String text) {
        return Arrays.stream(Kind.values())
                .filter(kind -> text != null && text.startsWith(kind.prefix))
                .filter(kind ->
                        REST.matcher(text.substring(kind.prefix.length())).matches())
                .filter(kind -> text.endsWith(checksum(text.substring(0, text.length() - CHECKSUM_DIGITS))))
                .findFirst();
    }

    /** As it is kept: SHA-256, in hexadecimal digits. */
    static String hash(String text) {
        return OneTimeLinkEntry.hash(text);
    }

    /** By what people tell one from another. */
    static String hint(String text) {
        return text.substring(text.length() - HINT_DIGITS);
    }

    private static String checksum(String text) {
        CRC32 sum = new CRC32();
        sum.update(text.getBytes(StandardCharsets.US_ASCII));
        StringBuilder digits = new StringBuilder();
        for (long rest = sum.getValue(); digits.length() < CHECKSUM_DIGITS; rest /= DIGITS.length()) {
            digits.append(DIGITS.charAt((int) (rest % DIGITS.length())));
        }
        return digits.reverse().toString();
    }
}
