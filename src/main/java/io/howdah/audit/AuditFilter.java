package io.howdah.audit;

import java.time.Instant;
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
}
