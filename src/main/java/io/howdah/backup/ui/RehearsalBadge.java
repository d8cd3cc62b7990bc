package io.howdah.backup.ui;

import static io.howdah.shell.Texts.t;

import io.howdah.backup.RehearsalView;
import io.howdah.shared.Messages;
import io.howdah.shell.Badge;
import io.howdah.shell.Glyph;
import java.util.Locale;

/** Whether it has been proved that a server can be restored. */
final class RehearsalBadge extends Badge {

    private RehearsalBadge(Tone tone, Glyph glyph, String text) {
        super(tone, glyph, text);
    }

    /** @param newest the newest that has ended, or null */
    static RehearsalBadge of(RehearsalView newest) {
        if (newest == null) {
            return new RehearsalBadge(Tone.QUIET, Glyph.CIRCLE_DASHED, t("backup.rehearsal.badge.never"));
        }
        return switch (newest.state()) {
            case UNDER_WAY -> new RehearsalBadge(Tone.BUSY, Glyph.HOURGLASS, t("backup.rehearsal.badge.under_way"));
            case PASSED ->
                new RehearsalBadge(
                        Tone.GOOD,
                        Glyph.SHIELD_CHECK,
                        t("backup.rehearsal.badge.passed", seconds(newest.recoverySeconds())));
            case FAILED -> new RehearsalBadge(Tone.BAD, Glyph.CIRCLE_X, t("backup.rehearsal.badge.failed"));
            case DEFERRED ->
                new RehearsalBadge(Tone.WARNING, Glyph.TRIANGLE_ALERT, t("backup.rehearsal.badge.deferred"));
        };
    }

    /** In the history, where its time and figures stand beside it. */
    static RehearsalBadge inHistory(RehearsalView one) {
        String text = t("backup.rehearsal.history." + one.state().name().toLowerCase(Locale.ROOT));
        return switch (one.state()) {
            case UNDER_WAY -> new RehearsalBadge(Tone.BUSY, Glyph.HOURGLASS, text);
            case PASSED -> new RehearsalBadge(Tone.GOOD, Glyph.CIRCLE_CHECK, text);
            case FAILED -> new RehearsalBadge(Tone.BAD, Glyph.CIRCLE_X, text);
            case DEFERRED -> new RehearsalBadge(Tone.WARNING, Glyph.TRIANGLE_ALERT, text);
        };
    }

    static String seconds(Double seconds) {
        return seconds == null
                ? ""
                : t(
                        "backup.rehearsal.seconds",
                        String.format(Messages.language().locale(), seconds < 10 ? "%.1f" : "%.0f", seconds));
    }
}
