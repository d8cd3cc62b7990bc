package io.howdah.server;

/**
 * How often the place's vCores and memory may be promised to servers. vCores are shared by those that are at work, so more
 * may be promised than there are; memory that is promised twice may be missing when both need it.
 */
public record RoomFactors(double vCores, double memory) {

    static final RoomFactors USUAL = new RoomFactors(10, 1);

    static final double LEAST = 0.1;
    static final double MOST_VCORES = 64;
    static final double MOST_MEMORY = 4;

    boolean reasonable() {
        return vCores >= LEAST && vCores <= MOST_VCORES && memory >= LEAST && memory <= MOST_MEMORY;
    }
}
