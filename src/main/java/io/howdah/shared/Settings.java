package io.howdah.shared;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * What an installation is told from outside, through the environment.
 *
 * @param home {@code HOWDAH_HOME}: everything the installation keeps
 * @param node the name of this portal node, stable over restarts
 * @param graceTime {@code HOWDAH_GRACE_DAYS}: how long a deleted server's data is kept
 */
public record Settings(Path home, String node, Duration graceTime) {

    public static Settings fromEnvironment(Map<String, String> environment) {
        String home = environment.get("HOWDAH_HOME");
        if (home == null || home.isBlank()) {
            throw new IllegalStateException("HOWDAH_HOME is not set: start Howdah with ./howdah run");
        }
        String node = environment.getOrDefault("HOWDAH_NODE", environment.getOrDefault("HOSTNAME", "howdah"));
        long graceDays = Long.parseLong(environment.getOrDefault("HOWDAH_GRACE_DAYS", "5"));
        return new Settings(Path.of(home), node, Duration.ofDays(graceDays));
    }

    /** Files that only the service user may read. */
    public Path secrets() {
        return home.resolve("secrets");
    }
}
