package io.howdah.audit;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * One line of the audit log.
 *
 * @param actor sign-in name, or "howdah" for what the product did by itself
 * @param action e.g. {@code servers/start}
 * @param result accepted, denied, succeeded or failed
 * @param details what was asked or changed, without secrets
 */
public record AuditRecordView(
        long number,
        Instant at,
        String actor,
        String address,
        String action,
        String targetType,
        UUID targetId,
        String targetName,
        UUID teamId,
        AuditResult result,
        String correlationId,
        Map<String, String> details) {}
