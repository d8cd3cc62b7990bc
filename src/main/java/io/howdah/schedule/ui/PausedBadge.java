package io.howdah.schedule.ui;

import io.howdah.shell.Badge;
import io.howdah.shell.Glyph;
import io.howdah.shell.Texts;

/** Says that a job is paused. */
final class PausedBadge extends Badge {

    PausedBadge() {
        super(Tone.WARNING, Glyph.CIRCLE_PAUSE, Texts.t("jobs.paused"));
    }
}
