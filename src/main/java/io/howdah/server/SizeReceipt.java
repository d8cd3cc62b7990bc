package io.howdah.server;

import io.howdah.engine.Compute;
import io.howdah.engine.Resized;
import io.howdah.engine.SettingChange;
import io.howdah.shared.Messages;
import java.util.Locale;

/** What a change of size came to, as text for people: old and new values, and how long clients waited. */
final class SizeReceipt {

    private SizeReceipt() {}

    /** @param why it was asked for, or null */
    static String of(Resized how, Restart restart, String why) {
        StringBuilder text = new StringBuilder();
        Compute before = how.before();
        Compute after = how.after();
        line(text, "vCores", number(before.vCores()), number(after.vCores()));
        line(text, "memory", before.memoryMib() + " MiB", after.memoryMib() + " MiB");
        for (SettingChange change : how.settings()) {
            line(text, change.name(), change.before(), change.after());
        }
        text.append('\n').append(clients(how, restart)).append('\n');
        if (how.traffic() != null) {
            text.append(Messages.text(
                            "server.scale.receipt.traffic",
                            how.traffic().transactions(),
                            how.traffic().failed()))
                    .append('\n');
        }
        if (why != null) {
            text.append(Messages.text("server.scale.receipt.why", why)).append('\n');
        }
        return text.toString();
    }

    private static String clients(Resized how, Restart restart) {
        if (how.restarted()) {
            return Messages.text("server.scale.receipt.restarted", how.held().toMillis());
        }
        boolean waits = how.settings().stream().anyMatch(SettingChange::restart);
        return Messages.text(
                restart == Restart.LATER && waits ? "server.scale.receipt.later" : "server.scale.receipt.untouched");
    }

    private static void line(StringBuilder text, String name, String before, String after) {
        String what = before.equals(after) ? before : before + " → " + after;
        text.append(String.format(Locale.ROOT, "%-22s%s%n", name, what));
    }

    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
