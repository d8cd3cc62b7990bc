package io.howdah.backup;

import io.howdah.engine.ServerKey;
import io.howdah.shared.Json;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A restore of a server into another that is thrown away afterwards, and what it has shown. */
@Entity
@Table(name = "rehearsal")
class Rehearsal {

    /** That of its operation. */
    @Id
    UUID id;

    @Column(name = "server_id")
    UUID serverId;

    String node;

    @Enumerated(EnumType.STRING)
    RehearsalView.State state;

    @Column(name = "by_itself")
    boolean byItself;

    /** The newest backup, from which everything that is archived is restored first. */
    @Column(name = "backup_label")
    String backupLabel;

    int timeline;

    /** The instant that is restored then. */
    @Column(name = "instant_at")
    Instant instantAt;

    @Column(name = "instant_timeline")
    int instantTimeline;

    @Column(name = "asked_at")
    Instant askedAt;

    @Column(name = "requested_by")
    String requestedBy;

    /** Since when it has the host's rehearsals for itself. */
    @Column(name = "begun_at")
    Instant begunAt;

    /** What was committed from then on, and archived, must be there again. */
    @Column(name = "marked_at")
    Instant markedAt;

    @Column(name = "ended_at")
    Instant endedAt;

    @Column(name = "restore_seconds")
    Double restoreSeconds;

    @Column(name = "recover_seconds")
    Double recoverSeconds;

    @Column(name = "recovery_point_seconds")
    Double recoveryPointSeconds;

    String checks = "[]";

    @Column(name = "problem_code")
    String problemCode;

    String problem;
    String hint;

    /** The throw-away server, which no table of servers knows. */
    ServerKey copy() {
        return RehearseBackup.copy(id);
    }

    Retention.Reading reading() {
        return new Retention.Reading(instantAt, backupLabel);
    }

    RehearsalView view() {
        return new RehearsalView(
                id,
                state,
                byItself,
                backupLabel,
                instantAt,
                askedAt,
                requestedBy,
                endedAt,
                restoreSeconds == null || recoverSeconds == null ? null : restoreSeconds + recoverSeconds,
                recoveryPointSeconds,
                List.of(Json.read(checks, CheckResult[].class)),
                problem,
                hint);
    }
}
