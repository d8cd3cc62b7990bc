package io.howdah.schedule;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** One time that a schedule came due, and what became of it. */
@Entity
@Table(name = "schedule_run")
class ScheduleRun {

    @Id
    UUID id;

    @Column(name = "schedule_id")
    UUID scheduleId;

    @Column(name = "planned_at")
    Instant plannedAt;

    @Column(name = "began_at")
    Instant beganAt;

    @Column(name = "ended_at")
    Instant endedAt;

    @Enumerated(EnumType.STRING)
    RunResult result;

    String reason;

    @Column(name = "operation_id")
    UUID operationId;

    /** Whether the server has still to be stopped once the operation has ended. */
    @Column(name = "stop_after")
    boolean stopAfter;

    void end(RunResult how, String why, Instant when) {
        result = how;
        reason = why;
        endedAt = when;
    }

    RunView view() {
        return new RunView(id, scheduleId, plannedAt, beganAt, endedAt, result, reason, operationId);
    }
}
