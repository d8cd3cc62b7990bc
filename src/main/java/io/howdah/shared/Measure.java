package io.howdah.shared;

/**
 * How far a long piece of work is, in figures.
 *
 * @param total how much there is to do in all, or 0 when nobody knows
 */
public record Measure(long done, long total, Unit unit) {

    /** What is counted. */
    public enum Unit {
        BYTES,
        /** Positions in the write-ahead log, as bytes. */
        LSN,
        MEMBERS,
        STEPS
    }

    /** Between 0 and 1, or negative when the total is not known. */
    public double fraction() {
        return total <= 0 ? -1 : Math.clamp((double) done / total, 0, 1);
    }
}
