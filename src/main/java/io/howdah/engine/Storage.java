package io.howdah.engine;

import java.util.List;

/**
 * How full a server's storage is: data, write-ahead log, temporary files and logs.
 *
 * @param hard whether the server can't take more than its storage; otherwise it is only looked at
 * @param capacityBytes what there is for it
 * @param usedBytes of that
 * @param readOnly whether sessions begin read-only because it is nearly full
 * @param droppedSlots the replication slots that were dropped for holding too much, the newest last
 */
public record Storage(
        boolean hard, long capacityBytes, long usedBytes, boolean readOnly, List<DroppedSlot> droppedSlots) {

    private static final long GIB = 1L << 30;
    private static final long TIB = 1L << 40;

    public Storage {
        droppedSlots = List.copyOf(droppedSlots);
    }

    public long freeBytes() {
        return Math.max(0, capacityBytes - usedBytes);
    }

    /** In whole percent, rounded down, at most 100. */
    public int usedPercent() {
        return capacityBytes == 0 ? 100 : (int) Math.min(100, usedBytes * 100 / capacityBytes);
    }

    /** People should know: 80 % are used. */
    public boolean filling() {
        return usedPercent() >= 80;
    }

    /** At so little free room the server becomes read-only: 5 %, or 5 GiB, which is a tenth of a small disk instead. */
    public static long guardBytes(long capacityBytes) {
        return Math.max(capacityBytes / 20, Math.min(5 * GIB, capacityBytes / 10));
    }

    public boolean nearlyFull() {
        return freeBytes() <= guardBytes(capacityBytes);
    }

    /** It can be written to again. Some way from {@link #nearlyFull}, so that it does not go to and fro. */
    public boolean relieved() {
        return freeBytes() >= marginBytes(capacityBytes);
    }

    /** So much of storage of that size is to be free when it is given to a server: some way from {@link #nearlyFull}. */
    public static long marginBytes(long capacityBytes) {
        return guardBytes(capacityBytes) + capacityBytes / 50;
    }

    /** The smallest storage, in whole GiB, that holds what is used with its margin. */
    public static int leastGib(long usedBytes) {
        int gib = Math.max(1, (int) (usedBytes / GIB));
        while (gib * GIB - usedBytes < marginBytes(gib * GIB)) {
            gib++;
        }
        return gib;
    }

    /** Idle replication slots are not worth filling the disk for. */
    public boolean tooFullForIdleSlots() {
        return freeBytes() <= 2 * guardBytes(capacityBytes);
    }

    /** Where it is to grow by itself, it does now: less than 20 % free, 10 % above 1 TiB, but 64 GiB are always enough. */
    public boolean callsForGrowth() {
        long share = capacityBytes > TIB ? capacityBytes / 10 : capacityBytes / 5;
        return freeBytes() < Math.min(share, 64 * GIB);
    }
}
