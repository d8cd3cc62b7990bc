package io.howdah.access.ui;

import io.howdah.access.AssignmentView;
import io.howdah.access.GrantView;
import io.howdah.access.PlaceView;
import io.howdah.access.RoleView;
import io.howdah.shared.Messages;
import io.howdah.shell.Texts;
import java.time.Instant;
import java.time.ZoneOffset;

/** Roles and actions in people's words. */
final class RoleWords {

    private RoleWords() {}

    /** E.g. "Operator in Payments / Web shop, by Night shift", "Owner, whole installation". */
    static String assignment(AssignmentView assignment) {
        return words(
                assignment.role(),
                assignment.scope().isInstallation() ? null : assignment.place(),
                assignment.group(),
                assignment.endsAt());
    }

    /** By what somebody may do something, in the same words. */
    static String grant(GrantView grant) {
        return words(grant.role(), grant.place(), grant.group(), grant.endsAt());
    }

    private static String words(String role, String place, String group, Instant endsAt) {
        String words =
                place == null ? Texts.t("ui.access.roleEverywhere", role) : Texts.t("ui.access.roleAt", role, place);
        if (group != null) {
            words = Texts.t("ui.access.roleByGroup", words, group);
        }
        if (endsAt == null) {
            return words;
        }
        String lastDay =
                endsAt.minusSeconds(1).atOffset(ZoneOffset.UTC).toLocalDate().toString();
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
