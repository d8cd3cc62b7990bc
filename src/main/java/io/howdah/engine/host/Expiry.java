package io.howdah.engine.host;

import io.howdah.engine.BackupInfo;
import io.howdah.engine.BackupKind;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Removes backups and WAL that nothing needs any more. What is kept is decided here, not by the tool's own rules, which know
 * no backup that is to outlive the others: a backup goes when no instant of the window and no backup to be kept needs it,
 * WAL when no instant of the window does. The tool always keeps the WAL that makes a backup whole.
 */
final class Expiry {

    private final CatalogueReader.Contents contents;
    private final PgBackRest tool;

    Expiry(CatalogueReader.Contents contents, PgBackRest tool) {
        this.contents = contents;
        this.tool = tool;
    }

    void run(Instant window, Set<String> kept) {
        List<BackupInfo> all =
                contents.bases().stream().map(WalArchive.Base::backup).toList();
        Set<String> needed = needed(all, window, kept);
        // Newest first: the tool removes with a backup all that build on it, and those are gone then already.
        for (BackupInfo backup : all.reversed()) {
            if (!needed.contains(backup.label())) {
                expire(backup.label());
            }
        }
        long fulls = all.stream()
                .filter(backup -> backup.kind() == BackupKind.FULL && needed.contains(backup.label()))
                .filter(backup -> inWindow(all, backup, window))
                .count();
        if (fulls > 0) {
            tool.require(
                    "expire",
                    "--repo1-retention-full=9999999",
                    "--repo1-retention-archive-type=full",
                    "--repo1-retention-archive=" + fulls);
        }
    }

    /** Whether every backup there is builds on that one, or is it. */
    boolean all(String label) {
        List<BackupInfo> all =
                contents.bases().stream().map(WalArchive.Base::backup).toList();
        return all.stream().allMatch(backup -> {
            BackupInfo link = backup;
            while (link != null && !link.label().equals(label)) {
                link = find(all, link.prior());
            }
            return link != null;
        });
    }

    void delete(String label) {
        if (contents.base(label) != null) {
            expire(label);
        }
    }

    private void expire(String label) {
        tool.require("expire", "--set=" + label, "--repo1-retention-full=9999999");
    }

    /** The newest full backup before the window and all from then on, besides those to be kept, each with its chain. */
    static Set<String> needed(List<BackupInfo> all, Instant window, Set<String> kept) {
        Set<String> needed = new HashSet<>();
        BackupInfo first = first(all, window);
        for (BackupInfo backup : all) {
            boolean since = first == null || !backup.stoppedAt().isBefore(first.stoppedAt());
            if (since || kept.contains(backup.label())) {
                for (BackupInfo link = backup; link != null; link = find(all, link.prior())) {
                    needed.add(link.label());
                }
            }
        }
        return needed;
    }

    /** The newest backup from which the window's beginning can be restored; null while there is none that old. */
    private static BackupInfo first(List<BackupInfo> all, Instant window) {
        return all.stream()
                .filter(backup -> !backup.stoppedAt().isAfter(window))
                .reduce((older, newer) -> newer)
                .orElse(null);
    }

    /** Whether WAL from this full backup on is needed: it is the root of the first that the window needs, or newer. */
    private static boolean inWindow(List<BackupInfo> all, BackupInfo full, Instant window) {
        BackupInfo first = first(all, window);
        BackupInfo oldest = first == null ? all.getFirst() : find(all, root(all, first.label()));
        return !full.stoppedAt().isBefore(oldest.stoppedAt());
    }

    private static String root(List<BackupInfo> all, String label) {
        BackupInfo link = find(all, label);
        while (link != null && link.prior() != null) {
            link = find(all, link.prior());
        }
        return link == null ? label : link.label();
    }

    private static BackupInfo find(List<BackupInfo> all, String label) {
        return all.stream()
                .filter(backup -> backup.label().equals(label))
                .findFirst()
                .orElse(null);
    }
}
