package io.howdah.maintenance;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * A maintenance window that somebody wants.
 *
 * @param length between 30 minutes and 24 hours
 */
public record WindowDraft(DayOfWeek day, LocalTime start, Duration length, ZoneId zone) {}
