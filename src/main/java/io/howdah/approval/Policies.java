package io.howdah.approval;

import io.howdah.access.ProtectedAction;
import io.howdah.access.Scope;
import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.UUID;

/** The policies of the teams. */
@Dependent
class Policies {

    @PersistenceContext
    private EntityManager entities;

    ApprovalPolicy of(UUID teamId) {
        ApprovalPolicyEntry entry = teamId == null ? null : entities.find(ApprovalPolicyEntry.class, teamId);
        return entry == null ? ApprovalPolicy.USUAL : entry.policy();
    }

    /** What is done in the whole installation is done in every team: there the strictest of them counts. */
    boolean protects(ProtectedAction action, Scope scope) {
        return scope.isInstallation()
                ? entities.createQuery(
                                        "select count(p) from ApprovalPolicyEntry p join p.actions a where a = :action",
                                        Long.class)
                                .setParameter("action", action)
                                .getSingleResult()
                        > 0
                : of(scope.teamId()).protects(action);
    }
}
