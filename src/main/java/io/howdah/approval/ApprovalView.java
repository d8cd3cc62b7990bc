package io.howdah.approval;

import io.howdah.access.ProtectedAction;
import io.howdah.access.Scope;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * A request, as whoever looks at it sees it.
 *
 * @param details what goes on record when it is done, e.g. before and after
 * @param endsAt of the request while it is open, of the approval afterwards
 * @param answer what the person who decided said, or null
 * @param problem why it could not be done when it was tried last, or null
 * @param correlationId of the request in which it was done, or null
 * @param mine whether it is one's own
 * @param decidable whether one may decide it
 * @param byHand whether whoever asked does it themselves once it is approved, because its answer is for them alone
 */
public record ApprovalView(
        UUID id,
        ProtectedAction action,
        Scope scope,
        String teamName,
        String targetType,
        String targetName,
        Map<String, String> details,
        String person,
        String reason,
        Instant askedAt,
        Instant endsAt,
        ApprovalState state,
        String decidedBy,
        Instant decidedAt,
        String answer,
        String problem,
        Instant doneAt,
        String correlationId,
        boolean mine,
        boolean decidable,
        boolean byHand) {}
