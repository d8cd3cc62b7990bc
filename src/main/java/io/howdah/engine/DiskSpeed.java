package io.howdah.engine;

/**
 * How much input and output a server may do on its disk: for each vCore as much as the managed service gives, never less
 * than its smallest size with two of them.
 *
 * @param iops reads in a second, and as many writes
 * @param mibPerSecond read, and as many written
 */
public record DiskSpeed(int iops, int mibPerSecond) {

    private static final double IOPS_PER_VCORE = 1_875;
    private static final double MIB_PER_VCORE = 42.5;
    private static final double LEAST_VCORES = 2;
    private static final int MOST_IOPS = 80_000;
    private static final int MOST_MIB = 2_600;

    public static DiskSpeed of(double vCores) {
        double counted = Math.max(LEAST_VCORES, vCores);
        return new DiskSpeed(
                (int) Math.min(MOST_IOPS, counted * IOPS_PER_VCORE), (int) Math.min(MOST_MIB, counted * MIB_PER_VCORE));
    }
}
