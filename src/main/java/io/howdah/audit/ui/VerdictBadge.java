package io.howdah.audit.ui;

import static io.howdah.shell.Texts.t;

import io.howdah.shell.Badge;
import io.howdah.shell.Glyph;

/** Whether the audit log is whole. */
class VerdictBadge extends Badge {

    VerdictBadge(boolean whole) {
        if (whole) {
            show(Tone.GOOD, Glyph.SHIELD_CHECK, t("ui.audit.verify.whole"));
        } else {
            show(Tone.BAD, Glyph.TRIANGLE_ALERT, t("ui.audit.verify.broken"));
        }
    }
}
