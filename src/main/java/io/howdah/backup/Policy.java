package io.howdah.backup;

import io.howdah.engine.BackupKind;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.UUID;

/**
 * When a server is backed up by itself, and how far back it can be restored.
 *
 * @param retentionDays any instant of that many days can be restored
 * @param hour of the day, UTC, at which a backup begins
 * @param fullDay the day of the week of the full one
 * @param dailyKind what is taken on the other days
 */
public record Policy(int retentionDays, int hour, int minute, DayOfWeek fullDay, BackupKind dailyKind) {

    public static final int MIN_RETENTION = 7;
    public static final int MAX_RETENTION = 35;

    private static final int FIRST_HOUR = 1;
    private static final int NIGHT_MINUTES = 4 * 60;

    /**
     * What a new server gets. The hours lie between 01:00 and 05:00 UTC and the days are all seven, different for each
     * server but always the same for one, so that a thousand servers do not begin at one moment.
     */
    static Policy usual(UUID serverId) {
        int spread = Math.floorMod(serverId.hashCode(), NIGHT_MINUTES * DayOfWeek.values().length);
        int minutes = spread % NIGHT_MINUTES;
        return new Policy(
                MIN_RETENTION,
                FIRST_HOUR + minutes / 60,
                minutes % 60,
                DayOfWeek.of(1 + spread / NIGHT_MINUTES),
                BackupKind.INCREMENTAL);
    }

    boolean valid() {
        return retentionDays >= MIN_RETENTION
                && retentionDays <= MAX_RETENTION
                && hour >= 0
                && hour <= 23
                && minute >= 0
                && minute <= 59
                && fullDay != null
                && dailyKind != null;
    }

    public LocalTime time() {
        return LocalTime.of(hour, minute);
    }

    /** When a backup last was to begin. */
    Instant lastSlot(Instant now) {
        ZonedDateTime today = now.atZone(ZoneOffset.UTC).with(time());
        return (today.toInstant().isAfter(now) ? today.minusDays(1) : today).toInstant();
    }

    /** When a full backup last was to begin. */
    Instant lastFullSlot(Instant now) {
        return lastSlot(now)
                .atZone(ZoneOffset.UTC)
                .with(TemporalAdjusters.previousOrSame(fullDay))
                .toInstant();
    }

    /** When the next one begins. */
    public Instant nextSlot(Instant now) {
        return lastSlot(now).atZone(ZoneOffset.UTC).plusDays(1).toInstant();
    }
}
