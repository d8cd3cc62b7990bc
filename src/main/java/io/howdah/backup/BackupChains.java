package io.howdah.backup;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Which backups build on which: one that goes takes with it those that are nothing without it. */
public final class BackupChains {

    private BackupChains() {}

    /** The others that go with a backup. */
    public static List<BackupView> goingWith(BackupView backup, Collection<BackupView> all) {
        List<BackupView> going = new ArrayList<>();
        for (BackupView other : all) {
            if (other.prior() != null && other.prior().equals(backup.label())) {
                going.add(other);
                going.addAll(goingWith(other, all));
            }
        }
        return going;
    }
}
