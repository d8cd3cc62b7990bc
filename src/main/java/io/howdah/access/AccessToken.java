package io.howdah.access;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/**
 * What a program shows instead of signing in; only the hash is kept. One that a person made holds a role of its own, see
 * {@link Assignment}; one from the token endpoint is as good as the service account whose secret was shown.
 */
@Entity
@Table(name = "access_token")
class AccessToken {

    @Id
    UUID id;

    @Column(name = "person_id")
    UUID personId;

    /** The secret it was given for; null for one that a person made. */
    @Column(name = "secret_id")
    UUID secretId;

    String name;

    String hash;

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

    @Column(name = "revoked_at")
    Instant revokedAt;

    boolean isNarrowed() {
        return secretId == null;
    }
}
