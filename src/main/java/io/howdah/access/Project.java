package io.howdah.access;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** Servers of a team that belong together. The database gives each new team its default one, which stays. */
@Entity
@Table(name = "project")
class Project {

    @Id
    UUID id;

    @Column(name = "team_id")
    UUID teamId;

    String name;

    @Column(name = "is_default")
    boolean standard;

    @Column(name = "created_at")
    Instant createdAt;
}
