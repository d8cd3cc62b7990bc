package io.howdah.access;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;

/** A one-time link that has been given out; only the hash of its code is kept. */
@Entity
@Table(name = "one_time_link")
class OneTimeLinkEntry {

    @Id
    @Column(name = "code_hash")
    String codeHash;

    @Column(name = "person_id")
    UUID personId;

    @Column(name = "valid_until")
    Instant validUntil;

    static String hash(String code) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(code.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
