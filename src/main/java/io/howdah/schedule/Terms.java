package io.howdah.schedule;

import java.util.Map;
import java.util.TreeMap;

/** What a schedule says, for the audit log. Not the arguments: a script may hold what is not everybody's. */
final class Terms {

    private Terms() {}

    /** @param before null for a new one */
    static Map<String, String> change(Schedule before, ScheduleDraft after) {
        Map<String, String> details = new TreeMap<>();
        details.put("schedule", after.name().strip());
        if (before != null) {
            details.put(
                    "before", words(before.name, before.action, before.timing(), before.misfire, before.whenStopped));
        }
        details.put(
                before == null ? "terms" : "after",
                words(after.name().strip(), after.action(), after.timing(), after.misfire(), after.whenStopped()));
        return details;
    }

    private static String words(String name, String action, Timing timing, Misfire misfire, WhenStopped whenStopped) {
        return name + "; " + action + "; " + timing.inWords() + "; missed runs " + misfire + "; when stopped "
                + whenStopped;
    }
}
