package io.howdah.scaling;

import io.howdah.server.Size;
import java.time.Duration;

/**
 * The CPU credits of a server of a burstable size, as Azure's B-series has them: a credit is a minute of one vCore. Each
 * minute earns the size's baseline and costs what was used; at most what a day earns can be saved. Once there are none left,
 * the server gets the baseline alone, until it has saved what a minute at full speed costs.
 *
 * @param held whether it gets the baseline alone
 */
record CpuCredits(double balance, boolean held) {

    private static final double FIRST_PER_VCORE = 30;
    private static final double MINUTES_A_DAY = 24 * 60;
    private static final double MILLIS_PER_MINUTE = 60_000;

    /** What a server has that was not seen before. */
    static CpuCredits first(Size size) {
        return new CpuCredits(FIRST_PER_VCORE * size.vCores(), false);
    }

    static double most(Size size) {
        return size.baselineVCores() * MINUTES_A_DAY;
    }

    /** @param vCores used on the average in that time */
    CpuCredits after(Duration time, double vCores, Size size) {
        double minutes = time.toMillis() / MILLIS_PER_MINUTE;
        double now = Math.clamp(balance + (size.baselineVCores() - vCores) * minutes, 0, most(size));
        double fullMinute = size.vCores() - size.baselineVCores();
        return new CpuCredits(now, held ? now < fullMinute : now <= 0);
    }

    /** The vCores that the server may use now. */
    double vCores(Size size) {
        return held ? size.baselineVCores() : size.vCores();
    }
}
