package io.howdah.server.ui;

import static io.howdah.shell.Texts.t;

import io.howdah.shell.Badge;
import io.howdah.shell.Glyph;

/** Says of a server that it ends so often that it is not brought back at once any more. */
final class DegradedBadge extends Badge {

    DegradedBadge() {
        super(Tone.WARNING, Glyph.TRIANGLE_ALERT, t("server.health.degraded.badge"));
        setTitle(t("server.health.degraded.what"));
    }
}
