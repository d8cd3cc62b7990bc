package io.howdah.access;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** Somebody at a provider, known by issuer and subject, and the person they are here. */
@Entity
@Table(name = "external_identity")
class ExternalIdentity {

    @Id
    UUID id;

    @Column(name = "provider_id")
    UUID providerId;

    String issuer;

    String subject;

    @Column(name = "person_id")
    UUID personId;

    String email;

    @Column(name = "linked_at")
    Instant linkedAt;

    @Column(name = "last_used_at")
    Instant lastUsedAt;
}
