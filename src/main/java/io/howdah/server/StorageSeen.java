package io.howdah.server;

import java.time.Instant;

/**
 * How full a server's storage was when it was looked at last.
 *
 * @param hard whether it can't take more than its storage
 * @param readOnlySince since when it is read-only because it is nearly full, or null
 */
public record StorageSeen(boolean hard, long capacityBytes, long usedBytes, Instant at, Instant readOnlySince) {

    /** In whole percent, at most 100. */
    public int usedPercent() {
        return capacityBytes == 0 ? 100 : (int) Math.min(100, usedBytes * 100 / capacityBytes);
    }
}
