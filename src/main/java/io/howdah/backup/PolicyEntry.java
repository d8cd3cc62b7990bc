package io.howdah.backup;

import io.howdah.engine.BackupKind;
import io.howdah.maintenance.MaintenanceWindow;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.UUID;

/** A server's {@link Policy}, and since when it is so. */
@Entity
@Table(name = "backup_policy")
class PolicyEntry {

    @Id
    @Column(name = "server_id")
    UUID serverId;

    @Column(name = "retention_days")
    int retentionDays;

    int hour;
    int minute;

    @Enumerated(EnumType.STRING)
    @Column(name = "full_day")
    DayOfWeek fullDay;

    @Enumerated(EnumType.STRING)
    @Column(name = "daily_kind")
    BackupKind dailyKind;

    @Column(name = "changed_at")
    Instant changedAt;

    @Column(name = "changed_by")
    String changedBy;

    @Column(name = "rehearsal_on")
    boolean rehearsalOn = true;

    /** Null in the maintenance window. */
    @Enumerated(EnumType.STRING)
    @Column(name = "rehearsal_day")
    DayOfWeek rehearsalDay;

    @Column(name = "rehearsal_changed_at")
    Instant rehearsalChangedAt;

    @Version
    int version;

    Policy policy() {
        return new Policy(retentionDays, hour, minute, fullDay, dailyKind);
    }

    RehearsalDay rehearsed() {
        return RehearsalDay.of(rehearsalOn, rehearsalDay);
    }

    RehearsalPlan rehearsals(MaintenanceWindow window) {
        return RehearsalPlan.of(rehearsed(), policy(), window);
    }

    void set(Policy policy, Instant at, String by) {
        retentionDays = policy.retentionDays();
        hour = policy.hour();
        minute = policy.minute();
        fullDay = policy.fullDay();
        dailyKind = policy.dailyKind();
        changedAt = at;
        changedBy = by;
    }
}
