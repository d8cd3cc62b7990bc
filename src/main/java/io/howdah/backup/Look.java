package io.howdah.backup;

import io.howdah.engine.RestoreTarget;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** A copy of a server as it was at an instant, that people look at; at most one of a server. Its id is its key in the engine. */
@Entity
@Table(name = "look")
class Look {

    /** How long a copy stays open unless somebody prolongs it. */
    static final Duration STAY = Duration.ofHours(2);

    enum State {
        OPENING,
        OPEN,
        MOVING,
        CLOSING,
        /** Its opening came to nothing, but may be retried. */
        FAILED
    }

    @Id
    UUID id;

    @Column(name = "server_id")
    UUID serverId;

    @Enumerated(EnumType.STRING)
    State state;

    @Column(name = "operation_id")
    UUID operationId;

    /** The instant that is shown, or null before it has been open. */
    Instant at;

    int timeline;

    @Column(name = "wanted_at")
    Instant wantedAt;

    @Column(name = "wanted_timeline")
    int wantedTimeline;

    @Column(name = "base_label")
    String baseLabel;

    @Column(name = "opened_by")
    String openedBy;

    @Column(name = "asked_at")
    Instant askedAt;

    @Column(name = "open_until")
    Instant openUntil;

    @Version
    int version;

    void wants(RestoreTarget.At target, State towards) {
        wantedAt = target.instant();
        wantedTimeline = target.timeline();
        state = towards;
    }

    /** It has come to what was wanted of it. */
    void reached() {
        at = wantedAt;
        timeline = wantedTimeline;
        state = State.OPEN;
    }

    /** Whether the files it has lead there. */
    boolean leadsTo(RestoreTarget.At target) {
        return at != null && target.timeline() == timeline && !target.instant().isBefore(at);
    }

    Retention.Reading reading() {
        return new Retention.Reading(at == null || wantedAt.isBefore(at) ? wantedAt : at, baseLabel);
    }
}
