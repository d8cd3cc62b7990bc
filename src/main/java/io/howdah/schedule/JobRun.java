package io.howdah.schedule;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** One run of a standing job. */
@Entity
@Table(name = "job_run")
class JobRun {

    @Id
    UUID id;

    String job;
    String node;

    @Column(name = "began_at")
    Instant beganAt;

    @Column(name = "ended_at")
    Instant endedAt;

    @Enumerated(EnumType.STRING)
    RunResult result;

    /** What it did, or why it failed; null when there was nothing to do. */
    String note;

    RunView view() {
        return new RunView(id, null, beganAt, beganAt, endedAt, result, note, null);
    }
}
