package io.howdah.server;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** A change of a server's size that has been carried out, and what it meant for its clients. */
@Entity
@Table(name = "size_change")
class SizeChange {

    @Id
    @Column(name = "operation_id")
    UUID operationId;

    @Column(name = "server_id")
    UUID serverId;

    Instant at;

    @Column(name = "size_before")
    String before;

    @Column(name = "size_after")
    String after;

    boolean restarted;

    @Column(name = "held_millis")
    long heldMillis;

    SizeChangeView view() {
        return new SizeChangeView(operationId, at, before, after, restarted, Duration.ofMillis(heldMillis));
    }
}
