package io.howdah.access;

import io.howdah.shared.Encryption;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * A person's authenticator app. It counts from the moment a first code has shown that the app knows the secret, and no
 * code is accepted twice.
 */
@Entity
@Table(name = "second_factor")
class SecondFactor {

    private static final String PURPOSE = "second-factor";

    @Id
    @Column(name = "person_id")
    UUID personId;

    /** Encrypted. */
    String secret;

    /** Null until a first code was right. */
    @Column(name = "confirmed_at")
    Instant confirmedAt;

    @Column(name = "last_step")
    long lastStep;

    boolean isOn() {
        return confirmedAt != null;
    }

    void begin(String wanted, Encryption encryption) {
        secret = encryption.encrypt(wanted, PURPOSE, personId.toString());
        confirmedAt = null;
        lastStep = 0;
    }

    void confirm(Instant now) {
        confirmedAt = now;
    }

    /** Whether the code is right; from then on it is used up. */
    boolean accepts(String code, Instant now, Encryption encryption) {
        OptionalLong step = Totp.stepOf(encryption.decrypt(secret, PURPOSE, personId.toString()), code, now, lastStep);
        step.ifPresent(used -> lastStep = used);
        return step.isPresent();
    }
}
