package io.howdah.engine;

import java.util.Map;
import java.util.TreeMap;

/**
 * A backup to be taken.
 *
 * @param notes are kept in the repository with it, readable even when nothing else is left; keys are lower-case words
 *     joined by hyphens
 */
public record BackupTask(BackupKind kind, Map<String, String> notes) {

    public BackupTask {
        notes = new TreeMap<>(notes);
    }
}
