package io.howdah.engine;

/**
 * What a place has.
 *
 * @param vCores in all
 * @param memoryMib in all, in MiB
 * @param serverMemoryMib the part of it that servers may be promised, in MiB
 * @param storageGib free for new data now, in whole GiB
 */
public record Room(int vCores, int memoryMib, int serverMemoryMib, int storageGib) {}
