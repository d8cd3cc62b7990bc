package io.howdah.backup;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** A restore, from when it was asked for until nothing of it can be taken back any more. */
@Entity
@Table(name = "restoration")
class Restoration {

    enum State {
        UNDER_WAY,
        FAILED,
        /** Into a new server: there is nothing to go back to. */
        DONE,
        /** In place, and the state before is kept. */
        KEPT,
        GOING_BACK,
        UNDONE,
        DISCARDING,
        CONFIRMED
    }

    /** That of its operation. */
    @Id
    UUID id;

    @Column(name = "server_id")
    UUID serverId;

    @Column(name = "source_id")
    UUID sourceId;

    @Column(name = "source_name")
    String sourceName;

    @Column(name = "in_place")
    boolean inPlace;

    @Enumerated(EnumType.STRING)
    State state;

    @Enumerated(EnumType.STRING)
    @Column(name = "target_kind")
    TargetChoice.Kind targetKind;

    @Column(name = "target_at")
    Instant targetAt;

    @Column(name = "target_label")
    String targetLabel;

    /** The backup it copies. */
    @Column(name = "base_label")
    String baseLabel;

    /** How much it copies. */
    long bytes;

    @Column(name = "asked_at")
    Instant askedAt;

    @Column(name = "requested_by")
    String requestedBy;

    @Column(name = "ended_at")
    Instant endedAt;

    Double seconds;

    @Column(name = "kept_until")
    Instant keptUntil;

    Retention.Reading reading() {
        return new Retention.Reading(targetAt, baseLabel);
    }

    Estimate.Past past() {
        return new Estimate.Past(bytes, Duration.ofMillis((long) (seconds * 1000)));
    }
}
