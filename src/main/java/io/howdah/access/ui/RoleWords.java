package io.howdah.access.ui;

import io.howdah.access.AssignmentView;
import io.howdah.access.PlaceView;
import io.howdah.access.RoleView;
import io.howdah.shared.Messages;
import io.howdah.shell.Texts;
import java.time.ZoneOffset;

/** Roles and actions in people's words. */
final class RoleWords {

    private RoleWords() {}

    /** E.g. "Operator in Payments / Web shop, by Night shift", "Owner, whole installation". */
    static String assignment(AssignmentView assignment) {
        String words = assignment.scope().isInstallation()
                ? Texts.t("ui.access.roleEverywhere", assignment.role())
                : Texts.t("ui.access.roleAt", assignment.role(), assignment.place());
        if (assignment.group() != null) {
            words = Texts.t("ui.access.roleByGroup", words, assignment.group());
        }
        if (assignment.endsAt() == null) {
            return words;
        }
        String lastDay = assignment
                .endsAt()
                .minusSeconds(1)
                .atOffset(ZoneOffset.UTC)
                .toLocalDate()
                .toString();
        return Texts.t("ui.access.roleUntil", words, lastDay);
    }

    /** E.g. "Payments / Web shop / orders-db". */
    static String place(PlaceView place) {
        return place.scope().isInstallation() ? Texts.t("ui.access.everywhere") : place.path();
    }

    /** E.g. "Start servers" for {@code servers/start}; the action's own name when a role has one we have no words for. */
    static String action(String action) {
        String key = "ui.action." + action;
        return Messages.has(key) ? Texts.t(key) : action;
    }

    /** What a role is for: our words for a ready-made one, its maker's for another. */
    static String purpose(RoleView role) {
        String key = "ui.role." + role.name();
        return role.readyMade() && Messages.has(key) ? Texts.t(key) : role.description();
    }
}
