package io.howdah.operation;

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

    String step;

    @Column(name = "failed_step")
    String failedStep;

    String data;
    String doing;
    Instant due;

    @Column(name = "lease_owner")
    String leaseOwner;

    @Column(name = "lease_until")
    Instant leaseUntil;

    Instant deadline;

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

    void problem(Problem problem, String technicalDetail) {
        problemCode = problem == null ? null : problem.code().name();
        problemMessage = problem == null ? null : problem.message();
        problemHint = problem == null ? null : problem.hint();
        detail = technicalDetail;
    }
}
