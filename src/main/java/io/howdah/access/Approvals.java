package io.howdah.access;

import java.util.Map;

/** Whether an act may go on without a second person, or has one: the approvals, seen from below. */
public interface Approvals {

    /**
     * What somebody is about to do and may.
     *
     * @param action what it is to a policy, or null for what never needs a second person
     * @param details as they go on record
     */
    record Act(
            ProtectedAction action, Permission permission, Scope scope, Target target, Map<String, String> details) {}

    /**
     * Lets the act go on. An approval is used up by it, in the running transaction.
     *
     * @return what the record of the act says besides: its approval, or the emergency access under which it is done
     * @throws io.howdah.shared.ProblemException ApprovalRequired, and the attempt is on record; ApprovalStale when the act
     *     is no longer what was approved
     */
    Map<String, String> pass(Caller caller, Act act);
}
