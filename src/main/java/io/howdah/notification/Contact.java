package io.howdah.notification;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Where a person's mail goes. A new address counts only once the code mailed to it has come back, so that nobody has the
 * product write to strangers; until then the former one stays.
 */
@Entity
@Table(name = "contact")
class Contact {

    static final Duration CODE_VALID = Duration.ofMinutes(30);
    private static final int CODE_TRIES = 5;
    private static final int LONGEST = 254;
    private static final Pattern ADDRESS =
            Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+");

    @Id
    @Column(name = "person_id")
    UUID personId;

    /** Null while it is the sign-in name. */
    String address;

    @Column(name = "wanted_address")
    String wantedAddress;

    @Column(name = "code_hash")
    String codeHash;

    @Column(name = "code_until")
    Instant codeUntil;

    @Column(name = "code_tries")
    int codeTries;

    @Version
    int version;

    static boolean isAddress(String text) {
        return text != null && text.length() <= LONGEST && ADDRESS.matcher(text).matches();
    }

    void want(String newAddress) {
        wantedAddress = newAddress;
        codeHash = null;
        codeUntil = null;
        codeTries = 0;
    }

    void expect(String code, Instant now) {
        codeHash = hash(code);
        codeUntil = now.plus(CODE_VALID);
        codeTries = 0;
    }

    /** Takes the wanted address for the person's own when the code is right; five wrong ones end it. */
    boolean confirm(String code, Instant now) {
        if (wantedAddress == null || codeHash == null || codeUntil.isBefore(now) || codeTries >= CODE_TRIES) {
            return false;
        }
        codeTries++;
        boolean right = MessageDigest.isEqual(
                hash(code == null ? "" : code.strip()).getBytes(StandardCharsets.US_ASCII),
                codeHash.getBytes(StandardCharsets.US_ASCII));
        if (right) {
            address = wantedAddress;
            want(null);
        }
        return right;
    }

    private static String hash(String code) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(code.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
