package io.howdah.backup;

import java.util.Locale;

/** Why a backup was taken. */
public enum Origin {
    /** Right after the server was created. */
    FIRST,
    /** By its policy. */
    SCHEDULED,
    /** Somebody asked for it. It is kept until the day they chose, whatever the policy says. */
    ON_DEMAND,
    /** A restored server begins a life of its own, and needs a beginning to be restored from. */
    AFTER_RESTORE;

    /** As it is noted in the repository. */
    String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What the code says; of one that says nothing it is taken that the policy decides how long it is kept. */
    static Origin of(String code) {
        for (Origin origin : values()) {
            if (origin.code().equals(code)) {
                return origin;
            }
        }
        return SCHEDULED;
    }
}
