package io.howdah.access;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A role given to a person, a group or a token at a scope, for good or until a time. */
@Entity
@Table(name = "assignment")
class Assignment {

    @Id
    UUID id;

    @Column(name = "person_id")
    UUID personId;

    @Column(name = "group_id")
    UUID groupId;

    @Column(name = "token_id")
    UUID tokenId;

    String role;

    @Column(name = "team_id")
    UUID teamId;

    @Column(name = "project_id")
    UUID projectId;

    @Column(name = "server_id")
    UUID serverId;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "given_by")
    String givenBy;

    @Column(name = "ends_at")
    Instant endsAt;

    /** The provider by whose claims it came, and with which it goes; null when it was given here. */
    @Column(name = "provider_id")
    UUID providerId;

    Scope scope() {
        return new Scope(teamId, projectId, serverId);
    }
}
