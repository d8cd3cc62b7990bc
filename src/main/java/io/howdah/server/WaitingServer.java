package io.howdah.server;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** A server that has its name already and is made once there is room; it has no share of the place until then. */
@Entity
@Table(name = "waiting_server")
class WaitingServer {

    static final Duration LONGEST = Duration.ofDays(7);

    @Id
    @Column(name = "server_id")
    UUID serverId;

    Instant since;
    Instant until;

    @Column(name = "person_id")
    UUID personId;

    @Column(name = "asked_by")
    String askedBy;

    /** False once it has come to nothing. */
    @Column(name = "in_line")
    boolean inLine;

    void join(Instant now) {
        since = now;
        until = now.plus(LONGEST);
        inLine = true;
    }
}
