package io.howdah.access;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.UUID;
import org.apache.commons.codec.binary.Base32;

/** A code for the day the telephone is lost: 80 random bits, kept as a hash, good for one sign-in. */
@Entity
@Table(name = "recovery_code")
@IdClass(RecoveryCode.Key.class)
class RecoveryCode {

    private static final int BYTES = 10;
    private static final SecureRandom RANDOM = new SecureRandom();

    record Key(UUID personId, String codeHash) implements Serializable {}

    @Id
    @Column(name = "person_id")
    UUID personId;

    @Id
    @Column(name = "code_hash")
    String codeHash;

    /** As it is shown, e.g. {@code k3wq-9xym-...}: four groups of four letters and digits. */
    static String newCode() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new Base32().encodeToString(bytes).toLowerCase(Locale.ROOT).replaceAll("(.{4})(?!$)", "$1-");
    }

    /** The same for a code however it is typed. */
    static String hash(String code) {
        return OneTimeLinkEntry.hash(code.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", ""));
    }
}
