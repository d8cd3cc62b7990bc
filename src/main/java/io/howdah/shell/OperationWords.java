package io.howdah.shell;

import static io.howdah.shared.Retold.told;

import io.howdah.operation.LinePlace;
import io.howdah.operation.OperationView;
import io.howdah.shared.Measure;
import io.howdah.shared.Messages;
import java.util.Locale;

/** What there is to say about an operation, in plain words. */
public final class OperationWords {

    private static final int ORDINALS = 5;
    private static final long KIB = 1024;

    private OperationWords() {}

    /** In one sentence: what it waits for, what it does, or how it went. */
    public static String sentence(OperationView operation) {
        String by = operation.cancelling().askedBy();
        return switch (operation.status()) {
            case QUEUED -> by != null ? Texts.t("ui.operation.cancelAsked", by) : waits(operation);
            case RUNNING -> running(operation, by);
            case SUCCEEDED -> Texts.t(by == null ? "ui.operation.done" : "ui.operation.doneBeforeCancel");
            case CANCELLED ->
                Texts.t(
                        operation.startedAt() == null ? "ui.operation.cancelledBeforeBegin" : "ui.operation.cancelled",
                        by);
            case FAILED -> "";
        };
    }

    private static String running(OperationView operation, String cancelledBy) {
        String doing = operation.doing() == null ? "" : told(operation.doing());
        if (operation.undoing()) {
            return Texts.t("ui.operation.undoing", doing);
        }
        if (cancelledBy != null) {
            return Texts.t("ui.operation.cancelAsked", cancelledBy);
        }
        return operation.place().unseenSince() == null ? doing : unseen(operation);
    }

    private static String waits(OperationView operation) {
        if (operation.place().unseenSince() != null) {
            return unseen(operation);
        }
        LinePlace line = operation.line();
        return line == null
                ? Texts.t("ui.operation.waits")
                : Texts.t(
                        line.frontRuns() ? "ui.operation.inLine.runs" : "ui.operation.inLine.waits",
                        place(line.place()),
                        told(line.frontTitle()));
    }

    private static String unseen(OperationView operation) {
        return Texts.t("ui.operation.nodeUnseen", operation.place().node());
    }

    private static String place(int place) {
        return place <= ORDINALS
                ? Texts.t("ui.operation.place." + place)
                : Texts.t("ui.operation.place.many", Integer.toString(place));
    }

    /** How far it is in figures, e.g. "1.2 of 3.4 GiB"; empty when nothing is measured. */
    public static String measure(Measure measure) {
        if (measure == null) {
            return "";
        }
        boolean bytes = measure.unit() == Measure.Unit.BYTES || measure.unit() == Measure.Unit.LSN;
        String done = bytes ? amount(measure.done()) : Long.toString(measure.done());
        String key = "ui.measure." + measure.unit().name().toLowerCase(Locale.ROOT);
        return measure.total() <= 0
                ? Texts.t(key, done)
                : Texts.t(key + ".of", done, bytes ? amount(measure.total()) : Long.toString(measure.total()));
    }

    private static String amount(long bytes) {
        String[] units = {"bytes", "KiB", "MiB", "GiB", "TiB"};
        double amount = bytes;
        int unit = 0;
        while (amount >= KIB && unit < units.length - 1) {
            amount /= KIB;
            unit++;
        }
        return String.format(
                Messages.language().locale(), unit == 0 || amount >= 100 ? "%.0f %s" : "%.1f %s", amount, units[unit]);
    }
}
