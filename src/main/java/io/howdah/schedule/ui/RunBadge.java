package io.howdah.schedule.ui;

import io.howdah.schedule.RunResult;
import io.howdah.shell.Badge;
import io.howdah.shell.Glyph;
import io.howdah.shell.Texts;
import java.util.Locale;

/** How a run ended, or that it runs. */
final class RunBadge extends Badge {

    RunBadge(RunResult result) {
        String word = word(result);
        switch (result) {
            case RUNNING -> show(Tone.BUSY, Glyph.LOADER_CIRCLE, word);
            case SUCCEEDED -> show(Tone.GOOD, Glyph.CIRCLE_CHECK, word);
            case FAILED -> show(Tone.BAD, Glyph.CIRCLE_X, word);
            case SKIPPED -> show(Tone.QUIET, Glyph.CIRCLE_OFF, word);
            case MISSED -> show(Tone.WARNING, Glyph.TRIANGLE_ALERT, word);
        }
    }

    static String word(RunResult result) {
        return Texts.t("schedule.ui.result." + result.name().toLowerCase(Locale.ROOT));
    }
}
