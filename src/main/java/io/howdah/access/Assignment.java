package io.howdah.access;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A role given to a person, in one team or (without a team) in the whole installation. */
@Entity
@Table(name = "assignment")
class Assignment {

    @Id
    UUID id;

    @Column(name = "person_id")
    UUID personId;

    String role;

    @Column(name = "team_id")
    UUID teamId;

    @Column(name = "created_at")
    Instant createdAt;
}
