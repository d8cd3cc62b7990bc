package io.howdah.access;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/**
 * A key in somebody's telephone, computer or stick that signs them in, bound to the portal's host name, so that no copy of
 * the portal elsewhere can ask for it.
 */
@Entity
@Table(name = "passkey")
class Passkey {

    @Id
    String id;

    @Column(name = "person_id")
    UUID personId;

    String name;

    /** The public key and what belongs to it, as the authenticator gave it, in Base64. */
    String credential;

    @Column(name = "relying_party")
    String relyingParty;

    /** Zero for ever with authenticators that do not count. */
    @Column(name = "sign_count")
    long signCount;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "last_used_at")
    Instant lastUsedAt;

    void used(long count, Instant now) {
        signCount = count;
        lastUsedAt = now;
    }

    void rename(String wanted) {
        name = wanted;
    }
}
