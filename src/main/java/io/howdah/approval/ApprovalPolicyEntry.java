package io.howdah.approval;

import io.howdah.access.ProtectedAction;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/** A team's {@link ApprovalPolicy}, and since when it is so. */
@Entity
@Table(name = "approval_policy")
class ApprovalPolicyEntry {

    @Id
    @Column(name = "team_id")
    UUID teamId;

    @ElementCollection(fetch = FetchType.EAGER)
    @CollectionTable(name = "approval_policy_action", joinColumns = @JoinColumn(name = "team_id"))
    @Column(name = "action")
    @Enumerated(EnumType.STRING)
    Set<ProtectedAction> actions = new HashSet<>();

    @Column(name = "request_hours")
    int requestHours;

    @Column(name = "approval_hours")
    int approvalHours;

    @Column(name = "changed_at")
    Instant changedAt;

    @Column(name = "changed_by")
    String changedBy;

    @Version
    int version;

    ApprovalPolicy policy() {
        return new ApprovalPolicy(actions, requestHours, approvalHours);
    }

    void set(ApprovalPolicy policy, Instant at, String by) {
        actions = new HashSet<>(policy.actions());
        requestHours = policy.requestHours();
        approvalHours = policy.approvalHours();
        changedAt = at;
        changedBy = by;
    }
}
