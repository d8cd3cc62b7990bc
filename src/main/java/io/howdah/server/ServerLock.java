package io.howdah.server;

import io.howdah.access.Scope;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.UUID;

/** A lock that holds for a server: its own, or one of its project or team. It is read alone; see {@link ResourceLock}. */
@Entity
@Table(name = "lock_in_force")
@IdClass(ServerLock.Key.class)
class ServerLock {

    record Key(UUID lockedServerId, UUID id) implements Serializable {}

    @Id
    @Column(name = "locked_server_id")
    UUID lockedServerId;

    @Id
    UUID id;

    @Column(name = "team_id")
    UUID teamId;

    @Column(name = "project_id")
    UUID projectId;

    @Column(name = "server_id")
    UUID serverId;

    @Column(name = "place_name")
    String placeName;

    @Enumerated(EnumType.STRING)
    LockKind kind;

    String note;

    @Column(name = "set_by")
    String setBy;

    @Column(name = "set_at")
    Instant setAt;

    LockView view() {
        return new LockView(id, new Scope(teamId, projectId, serverId), placeName, kind, note, setBy, setAt);
    }
}
