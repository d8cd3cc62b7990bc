package io.howdah.schedule;

import java.util.UUID;

/** Fired after a schedule or one of its runs has changed and the database says so. */
public record ScheduleChanged(UUID scheduleId, UUID serverId) {}
