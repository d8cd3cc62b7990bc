package io.howdah.backup;

/**
 * How a check ended.
 *
 * @param said what is wrong, in a sentence, or null when it passed
 */
public record CheckResult(String name, String said) {

    public boolean passed() {
        return said == null;
    }
}
