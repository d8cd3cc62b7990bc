package io.howdah.access;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** Somebody's wish for a role at a scope, and what came of it. */
@Entity
@Table(name = "role_request")
class RoleRequest {

    @Id
    UUID id;

    @Column(name = "person_id")
    UUID personId;

    String role;

    @Column(name = "team_id")
    UUID teamId;

    @Column(name = "project_id")
    UUID projectId;

    @Column(name = "server_id")
    UUID serverId;

    String reason;

    @Column(name = "asked_at")
    Instant askedAt;

    @Enumerated(EnumType.STRING)
    RequestState state;

    @Column(name = "decided_by")
    String decidedBy;

    @Column(name = "decided_at")
    Instant decidedAt;

    String answer;

    Scope scope() {
        return new Scope(teamId, projectId, serverId);
    }

    void decide(RequestState outcome, Caller by, String words, Instant now) {
        state = outcome;
        decidedBy = by.name();
        decidedAt = now;
        answer = words;
    }
}
