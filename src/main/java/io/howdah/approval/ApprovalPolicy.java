package io.howdah.approval;

import io.howdah.access.ProtectedAction;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a team wants a second person for.
 *
 * @param requestHours how long a request waits for somebody to decide
 * @param approvalHours how long an approved act may still be done
 */
public record ApprovalPolicy(Set<ProtectedAction> actions, int requestHours, int approvalHours) {

    public static final int MAX_REQUEST_HOURS = 7 * 24;
    public static final int MAX_APPROVAL_HOURS = 3 * 24;

    /** What holds as long as nobody has chosen: nothing needs a second person. */
    public static final ApprovalPolicy USUAL = new ApprovalPolicy(Set.of(), 24, 4);

    public ApprovalPolicy {
        actions = Collections.unmodifiableSortedSet(new TreeSet<>(actions));
    }

    boolean valid() {
        return actions.stream().allMatch(ProtectedAction::isChosen)
                && requestHours >= 1
                && requestHours <= MAX_REQUEST_HOURS
                && approvalHours >= 1
                && approvalHours <= MAX_APPROVAL_HOURS;
    }

    public boolean isOn() {
        return !actions.isEmpty();
    }

    boolean protects(ProtectedAction action) {
        return action.isChosen() ? actions.contains(action) : isOn();
    }

    /** Whether this asks for less than the one before. */
    boolean weakerThan(ApprovalPolicy before) {
        return before.isOn()
                && (!actions.containsAll(before.actions)
                        || requestHours > before.requestHours
                        || approvalHours > before.approvalHours);
    }
}
