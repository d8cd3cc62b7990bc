package io.howdah.server;

import io.howdah.shared.Messages;
import java.util.Locale;

/** What a team may have only so much of. The names stand in the database. */
public enum QuotaKind {
    /** Running and stopped ones. */
    SERVERS("servers"),
    /** Of servers that run. */
    VCORES("vCores"),
    /** Of servers that run, in MiB. */
    MEMORY("memory"),
    /** Of running and stopped servers, in GiB. */
    STORAGE("storage"),
    /** What the backups of all its servers take, also of deleted ones, in GiB. */
    BACKUP_STORAGE("backupStorage");

    private static final double MIB_PER_GIB = 1024;

    private final String code;

    QuotaKind(String code) {
        this.code = code;
    }

    /** At the head of a line or a field. */
    public String label() {
        return Messages.text("quota.label." + code);
    }

    /** Within a sentence. */
    public String title() {
        return Messages.text("quota.kind." + code);
    }

    /** How it is counted, for the field in which it is entered. */
    public String unit() {
        return Messages.text("quota.unit." + code);
    }

    /** An amount of it as people read it, e.g. {@code 1.5 GiB}. */
    public String text(double amount) {
        return Messages.text("quota.amount." + code, number(entered(amount)));
    }

    /** In the unit in which people enter it, which for memory is GiB. */
    public double entered(double amount) {
        return this == MEMORY ? amount / MIB_PER_GIB : amount;
    }

    public double amount(double entered) {
        return this == MEMORY ? entered * MIB_PER_GIB : entered;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2f", value).replaceAll("\\.?0+$", "");
    }
}
