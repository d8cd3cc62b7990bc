package io.howdah.access;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A group of people that owns servers. */
@Entity
@Table(name = "team")
class Team {

    @Id
    UUID id;

    String name;

    @Column(name = "created_at")
    Instant createdAt;
}
