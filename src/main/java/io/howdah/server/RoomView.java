package io.howdah.server;

/**
 * The place's room: what servers may be promised, and what they are promised.
 *
 * @param place its name
 * @param hostVCores what there is
 * @param hostMemoryMib what there is for servers, in MiB
 * @param storageGib what is free, in GiB; storage is never promised twice
 */
public record RoomView(
        String place,
        int hostVCores,
        int hostMemoryMib,
        int storageGib,
        RoomFactors factors,
        double vCoreLimit,
        int memoryLimitMib,
        double promisedVCores,
        int promisedMemoryMib) {}
