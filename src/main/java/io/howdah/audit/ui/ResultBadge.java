package io.howdah.audit.ui;

import io.howdah.audit.AuditResult;
import io.howdah.shell.Badge;
import io.howdah.shell.Glyph;
import io.howdah.shell.Texts;
import java.util.Locale;

/** How an action ended. */
class ResultBadge extends Badge {

    ResultBadge(AuditResult result) {
        String word = word(result);
        switch (result) {
            case ACCEPTED -> show(Tone.QUIET, Glyph.CHECK, word);
            case SUCCEEDED -> show(Tone.GOOD, Glyph.CIRCLE_CHECK, word);
            case FAILED -> show(Tone.BAD, Glyph.CIRCLE_X, word);
            case CANCELLED -> show(Tone.QUIET, Glyph.CIRCLE_OFF, word);
            case DENIED -> show(Tone.BAD, Glyph.BAN, word);
        }
    }

    static String word(AuditResult result) {
        return Texts.t("ui.audit.result." + result.name().toLowerCase(Locale.ROOT));
    }
}
