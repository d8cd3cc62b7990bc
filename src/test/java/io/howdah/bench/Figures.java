package io.howdah.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The durations of one act, in seconds. */
final class Figures {

    private final List<Double> seconds = new ArrayList<>();

    interface Act {
        void run() throws Exception;
    }

    void time(Act act) throws Exception {
        long begun = System.nanoTime();
        act.run();
        seconds.add((System.nanoTime() - begun) / 1e9);
    }

    void add(double measured) {
        seconds.add(measured);
    }

    double median() {
        return quantile(0.5);
    }

    double p95() {
        return quantile(0.95);
    }

    double p99() {
        return quantile(0.99);
    }

    double longest() {
        return Collections.max(seconds);
    }

    /** The smallest duration that at least that share of all stays within. */
    private double quantile(double share) {
        List<Double> sorted = new ArrayList<>(seconds);
        Collections.sort(sorted);
        return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }
}
