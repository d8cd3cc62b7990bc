package io.howdah.server;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A lock that somebody put on a server, so that nobody changes or deletes it by mistake. */
@Entity
@Table(name = "server_lock")
class ServerLock {

    @Id
    UUID id;

    @Column(name = "server_id")
    UUID serverId;

    @Enumerated(EnumType.STRING)
    LockKind kind;

    String note;

    @Column(name = "set_by")
    String setBy;

    @Column(name = "set_at")
    Instant setAt;

    LockView view() {
        return new LockView(id, kind, note, setBy, setAt);
    }
}
