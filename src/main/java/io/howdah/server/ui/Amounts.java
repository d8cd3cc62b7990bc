package io.howdah.server.ui;

import static io.howdah.shell.Texts.t;

import io.howdah.shared.Messages;
import io.howdah.shell.Zones;
import java.time.Instant;
import java.time.ZoneId;

/** Sizes and times as people read them. */
public final class Amounts {

    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

    private Amounts() {}

    /** For example "0 B", "7.4 MiB", "512 GiB": three digits at most before the unit grows. */
    public static String bytes(long bytes) {
        double amount = bytes;
        int unit = 0;
        while (amount >= 999.5 && unit < UNITS.length - 1) {
            amount /= 1024;
            unit++;
        }
        boolean whole = unit == 0 || amount >= 99.5 || amount == Math.rint(amount);
        return String.format(Messages.language().locale(), whole ? "%.0f %s" : "%.1f %s", amount, UNITS[unit]);
    }

    public static String exactBytes(long bytes) {
        return t("server.bytes", String.format(Messages.language().locale(), "%,d", bytes));
    }

    public static String memory(int mib) {
        return mib < 1024 ? mib + " MiB" : trimmed(mib / 1024.0) + " GiB";
    }

    public static String vCores(double vCores) {
        return trimmed(vCores);
    }

    /** To the minute and in the person's own zone, for example "27 Nov 2026, 09:12 CET". */
    public static String time(Instant instant) {
        return time(instant, Zones.mine());
    }

    static String time(Instant instant, ZoneId zone) {
        return Messages.language().dates("d MMM uuuu, HH:mm zzz").format(instant.atZone(zone));
    }

    private static String trimmed(double value) {
        return value == Math.rint(value)
                ? String.valueOf((long) value)
                : String.format(Messages.language().locale(), "%.2f", value).replaceAll("0+$", "");
    }
}
