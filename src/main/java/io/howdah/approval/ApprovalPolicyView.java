package io.howdah.approval;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A team's policy, and who decides there.
 *
 * @param approvers the sign-in names of those who may decide in the whole team, in their order
 * @param changedAt null while nobody has chosen
 */
public record ApprovalPolicyView(
        UUID teamId,
        String teamName,
        ApprovalPolicy policy,
        List<String> approvers,
        Instant changedAt,
        String changedBy) {}
