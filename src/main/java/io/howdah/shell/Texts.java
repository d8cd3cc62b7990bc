package io.howdah.shell;

import io.howdah.shared.Messages;
import java.time.Duration;
import java.time.Instant;

/** The texts of the screens, in the language of whoever reads. */
public final class Texts {

    private Texts() {}

    /** The text of {@code key} in the messages bundle, its arguments filled in. */
    public static String t(String key, Object... arguments) {
        return Messages.text(key, arguments);
    }

    /** A text that differs between one and many: {@code key.one}, or {@code key.many} with the count as {0}. */
    public static String count(String key, int count) {
        return count == 1 ? t(key + ".one") : t(key + ".many", count);
    }

    /** A duration as people say it: "0.4 s", "12 s", "3 min 5 s", "2 h 10 min", "4 d 2 h". */
    public static String duration(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 10) {
            return t(
                    "ui.duration.seconds",
                    String.format(Messages.language().locale(), "%.1f", Math.max(0, duration.toMillis()) / 1000.0));
        }
        if (seconds < 60) {
            return t("ui.duration.seconds", Long.toString(seconds));
        }
        if (seconds < 3600) {
            return t("ui.duration.minutes", Long.toString(seconds / 60), Long.toString(seconds % 60));
        }
        if (seconds < 86_400) {
            return t("ui.duration.hours", Long.toString(seconds / 3600), Long.toString(seconds % 3600 / 60));
        }
        return t("ui.duration.days", Long.toString(seconds / 86_400), Long.toString(seconds % 86_400 / 3600));
    }

    /** From one instant to another, or to now when it has not ended. */
    public static String duration(Instant from, Instant to) {
        return duration(Duration.between(from, to == null ? Instant.now() : to));
    }
}
