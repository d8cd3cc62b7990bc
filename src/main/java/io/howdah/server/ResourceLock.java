package io.howdah.server;

import io.howdah.access.Scope;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/**
 * A lock that somebody put on a team, a project or a server, so that nobody changes or deletes what lies there by
 * mistake.
 */
@Entity
@Table(name = "resource_lock")
class ResourceLock {

    @Id
    UUID id;

    @Column(name = "team_id")
    UUID teamId;

    /** Null at a team and at a server. */
    @Column(name = "project_id")
    UUID projectId;

    /** Null at a team and at a project. */
    @Column(name = "server_id")
    UUID serverId;

    @Enumerated(EnumType.STRING)
    LockKind kind;

    String note;

    @Column(name = "set_by")
    String setBy;

    @Column(name = "set_at")
    Instant setAt;

    Scope scope() {
        return new Scope(teamId, projectId, serverId);
    }

    LockView view(String placeName) {
        return new LockView(id, scope(), placeName, kind, note, setBy, setAt);
    }
}
