package io.howdah.notification;

import io.howdah.access.EventKind;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a person wants to know, and how: their own choices over the product's. Unless they choose otherwise, whatever goes
 * wrong stands in the portal, and what went wrong of their own comes by mail too.
 */
final class Choices {

    private final Map<EventKind, Map<Channel, Wanted>> own = new EnumMap<>(EventKind.class);

    Choices(List<ChoiceEntry> entries) {
        entries.forEach(entry -> own.computeIfAbsent(entry.kind, kind -> new EnumMap<>(Channel.class))
                .put(entry.channel, entry.wanted));
    }

    Wanted of(EventKind kind, Channel channel) {
        Wanted chosen = own.getOrDefault(kind, Map.of()).get(channel);
        return chosen == null || !kind.isChosen() ? usual(kind, channel) : chosen;
    }

    static Wanted usual(EventKind kind, Channel channel) {
        return switch (kind) {
            case OPERATION_FAILED,
                    SCHEDULE_FAILED,
                    SCHEDULE_MISSED,
                    ACCESS_REQUESTED,
                    ACCESS_DECIDED,
                    APPROVAL_REQUESTED,
                    APPROVAL_DECIDED,
                    APPROVAL_BYPASSED,
                    AUDIT_LOG_BROKEN,
                    TOKEN_ENDING -> channel == Channel.PORTAL ? Wanted.EVERYTHING : Wanted.MINE;
            case SERVER_DEGRADED,
                    SERVER_RECOVERED,
                    DRIFT,
                    BACKUP_FAILED,
                    RECOVERY_POINT_OLD,
                    REHEARSAL_FAILED,
                    STORAGE_FILLING,
                    STORAGE_READ_ONLY,
                    DELIVERY_GIVEN_UP -> channel == Channel.PORTAL ? Wanted.EVERYTHING : Wanted.NOTHING;
            case OPERATION_SUCCEEDED, TEST -> Wanted.NOTHING;
        };
    }
}
