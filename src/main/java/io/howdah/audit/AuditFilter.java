package io.howdah.audit;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** What to show of the audit log; a null or blank part does not filter. {@code text} matches actor, action and target. */
public record AuditFilter(
        String text,
        String actor,
        String action,
        UUID targetId,
        AuditResult result,
        String correlationId,
        Instant from,
        Instant to) {

    public static final AuditFilter ALL = new AuditFilter(null, null, null, null, null, null, null, null);

    public static AuditFilter ofTarget(UUID targetId) {
        return new AuditFilter(null, null, null, targetId, null, null, null, null);
    }

    /** What it filters by, for the record of an export. */
    Map<String, String> words() {
        Map<String, String> words = new TreeMap<>();
        put(words, "text", text);
        put(words, "actor", actor);
        put(words, "action", action);
        put(words, "target", targetId);
        put(words, "result", result);
        put(words, "correlation", correlationId);
        put(words, "from", from);
        put(words, "to", to);
        return words;
    }

    private static void put(Map<String, String> words, String name, Object value) {
        if (value != null && !value.toString().isBlank()) {
            words.put(name, value.toString().strip());
        }
    }
}
