package io.howdah.backup;

/**
 * The server that a restore makes. Version and administrator are those of its source.
 *
 * @param networks whether the same addresses may connect
 * @param schedules whether the source's schedules are made for it too
 */
public record RestoreDraft(
        String name, String sizeCode, int storageGib, boolean networks, boolean tags, boolean schedules) {}
