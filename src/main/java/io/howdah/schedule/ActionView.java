package io.howdah.schedule;

import io.howdah.access.Permission;
import java.util.List;

/**
 * An action that can be put on a timetable.
 *
 * @param allowed whether the caller may do it on this server
 * @param needsRunningServer whether {@link WhenStopped} matters
 */
public record ActionView(
        String code,
        String title,
        List<ActionArgument> arguments,
        boolean allowed,
        Permission permission,
        boolean needsRunningServer) {}
