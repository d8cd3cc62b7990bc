package io.howdah.approval;

import io.howdah.access.ProtectedAction;
import io.howdah.shared.Messages;

/** How acts that need a second person are called. */
public final class ApprovalWords {

    private ApprovalWords() {}

    /** E.g. "Delete a server". */
    public static String of(ProtectedAction action) {
        return Messages.text("approval.action." + action.name());
    }

    /** E.g. "Delete a server: orders-db". */
    public static String of(ProtectedAction action, String target) {
        return Messages.text("approval.of", of(action), target);
    }

    /** In the middle of a sentence, e.g. "refused". */
    public static String of(ApprovalState state) {
        return Messages.text("approval.state." + state.name());
    }

    static String of(ApprovalRequest request) {
        return of(request.action, request.targetName);
    }
}
