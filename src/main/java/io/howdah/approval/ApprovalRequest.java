package io.howdah.approval;

import io.howdah.access.Approvals.Act;
import io.howdah.access.Call;
import io.howdah.access.Caller;
import io.howdah.access.Permission;
import io.howdah.access.ProtectedAction;
import io.howdah.access.Scope;
import io.howdah.access.Target;
import io.howdah.shared.Json;
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

/** An act that somebody may do and that needs a second person, and what came of it. */
@Entity
@Table(name = "approval_request")
class ApprovalRequest {

    @Id
    UUID id;

    @Enumerated(EnumType.STRING)
    ProtectedAction action;

    String permission;
    String method;
    String arguments;

    @Column(name = "team_id")
    UUID teamId;

    @Column(name = "project_id")
    UUID projectId;

    @Column(name = "server_id")
    UUID serverId;

    @Column(name = "target_type")
    String targetType;

    @Column(name = "target_id")
    UUID targetId;

    @Column(name = "target_name")
    String targetName;

    String details;

    @Column(name = "person_id")
    UUID personId;

    @Column(name = "person_name")
    String personName;

    String reason;

    @Column(name = "asked_at")
    Instant askedAt;

    /** Of the request while it is open, then of the approval. */
    @Column(name = "ends_at")
    Instant endsAt;

    @Enumerated(EnumType.STRING)
    ApprovalState state;

    @Column(name = "decided_by")
    String decidedBy;

    @Column(name = "decided_at")
    Instant decidedAt;

    String answer;

    /** When it was last begun to be done. */
    @Column(name = "tried_at")
    Instant triedAt;

    /** Why it was not done when it was tried last. */
    String problem;

    @Column(name = "done_at")
    Instant doneAt;

    /** Of the request in which it was done. */
    @Column(name = "correlation_id")
    String correlationId;

    @Version
    int version;

    void of(Act act, Call call) {
        action = act.action();
        permission = act.permission().action();
        method = call.method();
        arguments = call.arguments();
        teamId = act.scope().teamId();
        projectId = act.scope().projectId();
        serverId = act.scope().serverId();
        targetType = act.target().type();
        targetId = act.target().id();
        targetName = act.target().name();
        details = Json.canonical(act.details());
    }

    /** Whether it is what was asked for: at the same place, to the same, from the same to the same. */
    boolean isOf(Act act) {
        ApprovalRequest other = new ApprovalRequest();
        other.of(act, call());
        return action == other.action
                && permission.equals(other.permission)
                && scope().equals(other.scope())
                && target().equals(other.target())
                && details.equals(other.details);
    }

    Call call() {
        return new Call(method, arguments);
    }

    Scope scope() {
        return new Scope(teamId, projectId, serverId);
    }

    Target target() {
        return new Target(targetType, targetId, targetName);
    }

    Permission permission() {
        return Permission.of(permission);
    }

    boolean isOver(Instant now) {
        return !endsAt.isAfter(now);
    }

    /** What it would do is not kept any longer than it may be done: there can be a verifier in it. */
    void end(ApprovalState outcome) {
        state = outcome;
        arguments = "{}";
    }

    void approve(Caller by, String words, Instant now, Duration lives) {
        decided(by, words, now);
        state = ApprovalState.APPROVED;
        endsAt = now.plus(lives);
    }

    void decide(ApprovalState outcome, Caller by, String words, Instant now) {
        decided(by, words, now);
        end(outcome);
    }

    private void decided(Caller by, String words, Instant now) {
        decidedBy = by.name();
        decidedAt = now;
        answer = words;
    }

    void done(Caller by, Instant now) {
        end(ApprovalState.DONE);
        doneAt = now;
        correlationId = by.correlationId();
        problem = null;
    }
}
