package io.howdah.shell;

import io.howdah.operation.OperationStatus;

/** Where an operation stands. */
public class OperationBadge extends Badge {

    public OperationBadge(OperationStatus status) {
        setStatus(status);
    }

    public final void setStatus(OperationStatus status) {
        switch (status) {
            case QUEUED -> show(Tone.QUIET, Glyph.HOURGLASS, Texts.t("ui.operation.status.queued"));
            case RUNNING -> show(Tone.BUSY, Glyph.LOADER_CIRCLE, Texts.t("ui.operation.status.running"));
            case SUCCEEDED -> show(Tone.GOOD, Glyph.CIRCLE_CHECK, Texts.t("ui.operation.status.succeeded"));
            case CANCELLED -> show(Tone.QUIET, Glyph.CIRCLE_OFF, Texts.t("ui.operation.status.cancelled"));
            case FAILED -> show(Tone.BAD, Glyph.CIRCLE_X, Texts.t("ui.operation.status.failed"));
        }
    }
}
