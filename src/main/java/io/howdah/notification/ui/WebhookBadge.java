package io.howdah.notification.ui;

import io.howdah.notification.DeliveryView;
import io.howdah.shell.Badge;
import io.howdah.shell.Glyph;
import io.howdah.shell.Texts;

/** Whether a webhook is told what happens, or where one of its messages stands. */
class WebhookBadge extends Badge {

    WebhookBadge(boolean paused) {
        if (paused) {
            show(Tone.QUIET, Glyph.CIRCLE_PAUSE, Texts.t("ui.webhooks.paused"));
        } else {
            show(Tone.GOOD, Glyph.CIRCLE_CHECK, Texts.t("ui.webhooks.active"));
        }
    }

    WebhookBadge(DeliveryView delivery) {
        switch (delivery.state()) {
            case WAITING ->
                show(
                        delivery.tries().isEmpty() ? Tone.BUSY : Tone.WARNING,
                        delivery.tries().isEmpty() ? Glyph.LOADER_CIRCLE : Glyph.HOURGLASS,
                        Texts.t(
                                delivery.tries().isEmpty()
                                        ? "ui.delivery.state.sending"
                                        : "ui.delivery.state.waiting"));
            case DELIVERED -> show(Tone.GOOD, Glyph.CIRCLE_CHECK, Texts.t("ui.delivery.state.delivered"));
            case GIVEN_UP -> show(Tone.BAD, Glyph.CIRCLE_X, Texts.t("ui.delivery.state.given_up"));
            case DROPPED -> show(Tone.QUIET, Glyph.BAN, Texts.t("ui.delivery.state.dropped"));
        }
    }
}
