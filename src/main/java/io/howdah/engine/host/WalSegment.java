package io.howdah.engine.host;

/**
 * A segment of the write-ahead log.
 *
 * @param number counts segments of 16 MiB from the beginning of the log
 */
record WalSegment(int timeline, long number) implements Comparable<WalSegment> {

    static final long BYTES = 16L << 20;
    private static final long PER_LOG = 256;

    /** @param name of 24 hexadecimal digits */
    static WalSegment of(String name) {
        return new WalSegment(
                Integer.parseUnsignedInt(name.substring(0, 8), 16),
                Long.parseLong(name.substring(8, 16), 16) * PER_LOG + Long.parseLong(name.substring(16, 24), 16));
    }

    /** @param text a position in the log as PostgreSQL writes it, e.g. {@code 0/2000100} */
    static long lsn(String text) {
        String[] halves = text.strip().split("/");
        return (Long.parseLong(halves[0], 16) << 32) + Long.parseLong(halves[1], 16);
    }

    String name() {
        return String.format("%08X%08X%08X", timeline, number / PER_LOG, number % PER_LOG);
    }

    @Override
    public int compareTo(WalSegment other) {
        int byTimeline = Integer.compare(timeline, other.timeline);
        return byTimeline != 0 ? byTimeline : Long.compare(number, other.number);
    }
}
