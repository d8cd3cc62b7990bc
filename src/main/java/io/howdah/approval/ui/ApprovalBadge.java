package io.howdah.approval.ui;

import io.howdah.approval.ApprovalState;
import io.howdah.shell.Badge;
import io.howdah.shell.Glyph;
import io.howdah.shell.Texts;

/** What became of a request. */
final class ApprovalBadge extends Badge {

    ApprovalBadge(ApprovalState state) {
        super(tone(state), glyph(state), Texts.t("approval.badge." + state.name()));
    }

    private static Tone tone(ApprovalState state) {
        return switch (state) {
            case OPEN, APPROVED -> Tone.BUSY;
            case DONE -> Tone.GOOD;
            case REFUSED, FAILED -> Tone.BAD;
            case STALE -> Tone.WARNING;
            case WITHDRAWN, EXPIRED -> Tone.QUIET;
        };
    }

    private static Glyph glyph(ApprovalState state) {
        return switch (state) {
            case OPEN -> Glyph.HOURGLASS;
            case APPROVED -> Glyph.CHECK;
            case DONE -> Glyph.CIRCLE_CHECK;
            case REFUSED, FAILED -> Glyph.CIRCLE_X;
            case STALE -> Glyph.TRIANGLE_ALERT;
            case WITHDRAWN, EXPIRED -> Glyph.CIRCLE_OFF;
        };
    }
}
