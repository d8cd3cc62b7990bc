package io.howdah.backup.ui;

import static io.howdah.shell.Texts.t;

import io.howdah.backup.FleetRow;
import io.howdah.shell.Badge;
import io.howdah.shell.Glyph;
import java.util.Locale;

/** Whether a server would be whole again after a loss. */
final class StandingBadge extends Badge {

    StandingBadge(FleetRow.Standing standing) {
        super(
                tone(standing),
                glyph(standing),
                t("backup.standing." + standing.name().toLowerCase(Locale.ROOT)));
    }

    private static Tone tone(FleetRow.Standing standing) {
        return switch (standing) {
            case FAILING -> Tone.BAD;
            case BEHIND, NO_BACKUP, REHEARSAL_FAILED, COPY_BEHIND, OVER_ROOM -> Tone.WARNING;
            case SOUND -> Tone.GOOD;
            case GONE -> Tone.QUIET;
        };
    }

    private static Glyph glyph(FleetRow.Standing standing) {
        return switch (standing) {
            case FAILING -> Glyph.CIRCLE_X;
            case BEHIND, NO_BACKUP, REHEARSAL_FAILED, COPY_BEHIND, OVER_ROOM -> Glyph.TRIANGLE_ALERT;
            case SOUND -> Glyph.CIRCLE_CHECK;
            case GONE -> Glyph.TRASH_2;
        };
    }
}
