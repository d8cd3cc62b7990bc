package io.howdah.access.ui;

import io.howdah.access.AssignmentView;
import io.howdah.shared.Messages;
import io.howdah.shell.Texts;

/** Roles and actions in people's words. */
final class RoleWords {

    private RoleWords() {}

    /** E.g. "Operator in Payments", "Owner of the whole installation". */
    static String assignment(AssignmentView assignment) {
        return assignment.teamId() == null
                ? Texts.t("ui.access.roleEverywhere", assignment.role())
                : Texts.t("ui.access.roleInTeam", assignment.role(), assignment.teamName());
    }

    /** E.g. "Start servers" for {@code servers/start}; the action's own name when a role has one we have no words for. */
    static String action(String action) {
        String key = "ui.action." + action;
        return Messages.has(key) ? Texts.t(key) : action;
    }

    /** What a role is for, or nothing for one of the installation's own making. */
    static String purpose(String role) {
        String key = "ui.role." + role;
        return Messages.has(key) ? Texts.t(key) : "";
    }
}
