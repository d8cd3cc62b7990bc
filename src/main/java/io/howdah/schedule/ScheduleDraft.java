package io.howdah.schedule;

import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A schedule as somebody wants it.
 *
 * @param action the code of a {@link ScheduledAction}
 * @param arguments by the names of the action's arguments
 * @param tellOnFailure the people who are told when a run fails or is missed
 */
public record ScheduleDraft(
        UUID serverId,
        String name,
        String action,
        Map<String, String> arguments,
        Timing timing,
        Misfire misfire,
        WhenStopped whenStopped,
        Set<UUID> tellOnFailure) {

    public ScheduleDraft {
        arguments = arguments == null ? Map.of() : Map.copyOf(arguments);
        tellOnFailure = tellOnFailure == null ? Set.of() : Set.copyOf(tellOnFailure);
    }
}
