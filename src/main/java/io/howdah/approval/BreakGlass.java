package io.howdah.approval;

import io.howdah.access.Scope;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** Somebody's emergency access: they act without a second person for a while. */
@Entity
@Table(name = "break_glass")
class BreakGlass {

    @Id
    UUID id;

    @Column(name = "person_id")
    UUID personId;

    @Column(name = "person_name")
    String personName;

    /** Null in the whole installation. */
    @Column(name = "team_id")
    UUID teamId;

    String reason;

    @Column(name = "began_at")
    Instant beganAt;

    @Column(name = "ends_at")
    Instant endsAt;

    @Column(name = "ended_at")
    Instant endedAt;

    @Column(name = "ended_by")
    String endedBy;

    Scope scope() {
        return new Scope(teamId, null, null);
    }

    void end(Instant at, String by) {
        endedAt = at;
        endedBy = by;
    }
}
