package io.howdah.access;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** What a service account shows at the token endpoint; only the hash is kept. */
@Entity
@Table(name = "client_secret")
class ClientSecret {

    @Id
    UUID id;

    @Column(name = "person_id")
    UUID personId;

    String hash;

    /** The last characters of the secret. */
    String hint;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "created_by")
    String createdBy;

    @Column(name = "ends_at")
    Instant endsAt;

    @Column(name = "last_used_at")
    Instant lastUsedAt;

    @Column(name = "last_used_address")
    String lastUsedAddress;

    SecretView view() {
        return new SecretView(id, hint, createdAt, createdBy, endsAt, lastUsedAt, lastUsedAddress);
    }
}
