package io.howdah.approval;

import io.howdah.access.Access;
import io.howdah.access.AccessService;
import io.howdah.access.Approvable;
import io.howdah.access.Caller;
import io.howdah.access.Holders;
import io.howdah.access.Permission;
import io.howdah.access.ProtectedAction;
import io.howdah.access.Reach;
import io.howdah.access.Scope;
import io.howdah.access.Target;
import io.howdah.access.TeamView;
import io.howdah.access.Teams;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** What each team wants a second person for. */
@Stateless
public class ApprovalPolicyService {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Access access;

    @Inject
    private AccessService people;

    @Inject
    private Holders holders;

    @Inject
    private Policies policies;

    @Inject
    private Teams teams;

    @Inject
    private Event<ApprovalChanged> changes;

    @Inject
    private Clock clock;

    /** Of the teams whose servers the caller may see. */
    public List<ApprovalPolicyView> policies() {
        Reach reach = access.reach(Permission.SERVERS_READ);
        return people.myTeams().stream()
                .filter(team -> reach.includes(Scope.team(team.id())))
                .map(this::view)
                .toList();
    }

    /**
     * Says what a team wants a second person for. Wanting less than before needs one itself.
     *
     * @throws io.howdah.shared.ProblemException NotFound, ApprovalPolicyInvalid
     */
    @Approvable
    public void set(UUID teamId, ApprovalPolicy policy) {
        if (policy == null || !policy.valid()) {
            throw Problem.of(
                            ProblemCode.ApprovalPolicyInvalid,
                            ApprovalPolicy.MAX_REQUEST_HOURS,
                            ApprovalPolicy.MAX_APPROVAL_HOURS)
                    .raise();
        }
        Scope scope = teamId == null ? null : Scope.team(teamId);
        Target target = new Target("team", teamId, teams.names().get(teamId));
        if (target.name() == null || !access.seesPlace(Permission.APPROVALS_POLICY, scope, target)) {
            throw Problem.of(ProblemCode.NotFound, "team", String.valueOf(teamId))
                    .raise();
        }
        ApprovalPolicyEntry entry = entities.find(ApprovalPolicyEntry.class, teamId, LockModeType.PESSIMISTIC_WRITE);
        ApprovalPolicy before = policies.of(teamId);
        Caller caller = access.change(
                Permission.APPROVALS_POLICY,
                scope,
                target,
                Map.of("before", before.toString(), "after", policy.toString()),
                policy.weakerThan(before) ? ProtectedAction.POLICY_WEAKEN : null);
        if (entry == null) {
            entry = new ApprovalPolicyEntry();
            entry.teamId = teamId;
            entry.set(policy, clock.instant(), caller.name());
            entities.persist(entry);
        } else {
            entry.set(policy, clock.instant(), caller.name());
        }
        changes.fire(new ApprovalChanged());
    }

    private ApprovalPolicyView view(TeamView team) {
        ApprovalPolicyEntry entry = entities.find(ApprovalPolicyEntry.class, team.id());
        List<String> approvers = holders.of(Permission.APPROVALS_DECIDE, Scope.team(team.id())).stream()
                .map(person -> holders.name(person).orElse(null))
                .filter(Objects::nonNull)
                .sorted()
                .toList();
        return new ApprovalPolicyView(
                team.id(),
                team.name(),
                entry == null ? ApprovalPolicy.USUAL : entry.policy(),
                approvers,
                entry == null ? null : entry.changedAt,
                entry == null ? null : entry.changedBy);
    }
}
