package io.howdah.scaling;

/**
 * When a server goes to sleep.
 *
 * @param minutes without anybody connected; 0: never
 * @param ignored names of applications that count as nobody and wake nobody, separated by commas
 */
public record IdlePolicy(int minutes, String ignored) {

    public static final IdlePolicy OFF = new IdlePolicy(0, "");

    static final int LONGEST_MINUTES = 7 * 24 * 60;
    static final int LONGEST_IGNORED = 512;

    public boolean on() {
        return minutes > 0;
    }
}
