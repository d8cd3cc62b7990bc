package io.howdah.access;

import io.howdah.shared.Language;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.UUID;

/** Somebody who may sign in; or a service account, which only shows tokens and secrets. */
@Entity
@Table(name = "person")
class Person {

    @Id
    UUID id;

    String name;

    @Enumerated(EnumType.STRING)
    PersonKind kind = PersonKind.PERSON;

    /** Whose service account it is; null for a person. */
    @Column(name = "team_id")
    UUID teamId;

    @Column(name = "display_name")
    String displayName;

    /** Null until the person has accepted the one-time link. */
    @Column(name = "password_hash")
    String passwordHash;

    /** Null until chosen. */
    @Enumerated(EnumType.STRING)
    Theme theme;

    /** Null until chosen. */
    @Column(name = "time_zone")
    String timeZone;

    /** Null until chosen. */
    @Enumerated(EnumType.STRING)
    Language language;

    boolean disabled;

    @Column(name = "last_sign_in_at")
    Instant lastSignInAt;

    @Column(name = "created_at")
    Instant createdAt;

    @Version
    int version;
}
