package io.howdah.engine;

/** What a backup copies. */
public enum BackupKind {
    /** Everything. */
    FULL,
    /** What has changed since the last full one. */
    DIFFERENTIAL,
    /** What has changed since the last one of any kind. */
    INCREMENTAL
}
