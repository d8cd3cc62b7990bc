package io.howdah.operation;

import io.howdah.shared.Measure;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/**
 * A long action that must come to an end whatever happens to the process that runs it: what it is, which step comes
 * next, when, and who holds it just now.
 */
@Entity
@Table(name = "operation")
class Operation {

    @Id
    UUID id;

    /** Its place in line: given by the database, in the order of asking. */
    @Column(insertable = false, updatable = false)
    long number;

    String kind;

    @Column(name = "subject_id")
    UUID subjectId;

    @Column(name = "subject_name")
    String subjectName;

    @Column(name = "team_id")
    UUID teamId;

    @Enumerated(EnumType.STRING)
    OperationStatus status;

    @Enumerated(EnumType.STRING)
    Hold hold;

    /** Whether nothing before it in the line keeps it from running. */
    boolean turn;

    /** The home of the only node that may run it, or empty. */
    @Column(name = "pinned_to")
    String pinnedTo;

    /** The name of the node that worked on it last. */
    String node;

    String step;

    @Column(name = "step_tries")
    int stepTries;

    /** On its way back to how things were: after a failure, or because it was cancelled. */
    boolean undoing;

    @Column(name = "failed_step")
    String failedStep;

    String data;
    String doing;

    @Column(name = "measure_done")
    Long measureDone;

    @Column(name = "measure_total")
    Long measureTotal;

    @Enumerated(EnumType.STRING)
    @Column(name = "measure_unit")
    Measure.Unit measureUnit;

    Instant due;

    @Column(name = "lease_owner")
    String leaseOwner;

    @Column(name = "lease_until")
    Instant leaseUntil;

    /** Null until it has begun. */
    Instant deadline;

    @Column(name = "expected_millis")
    Long expectedMillis;

    int retries;

    @Column(name = "cancel_asked_at")
    Instant cancelAskedAt;

    @Column(name = "cancel_asked_by")
    String cancelAskedBy;

    @Column(name = "requested_at")
    Instant requestedAt;

    @Column(name = "requested_by")
    String requestedBy;

    @Column(name = "correlation_id")
    String correlationId;

    /** The permission it was begun under, for the audit record of its end. */
    String action;

    @Column(name = "started_at")
    Instant startedAt;

    @Column(name = "ended_at")
    Instant endedAt;

    @Column(name = "problem_code")
    String problemCode;

    @Column(name = "problem_message")
    String problemMessage;

    @Column(name = "problem_hint")
    String problemHint;

    String detail;

    /** A problem on a running operation means that it is being undone. */
    Problem problem() {
        return problemCode == null
                ? null
                : new Problem(ProblemCode.valueOf(problemCode), problemMessage, problemHint, null);
    }

    Measure measure() {
        return measureUnit == null ? null : new Measure(measureDone, measureTotal, measureUnit);
    }

    /** Whether it waits, and nothing of it has happened yet. */
    boolean neverBegan() {
        return status == OperationStatus.QUEUED && startedAt == null;
    }
}
