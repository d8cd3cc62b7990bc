package io.howdah.maintenance;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.UUID;

/** The maintenance window that people have chosen for a server. */
@Entity
@Table(name = "maintenance_window")
class WindowChoice {

    @Id
    @Column(name = "server_id")
    UUID serverId;

    @Enumerated(EnumType.STRING)
    DayOfWeek day;

    LocalTime starts;
    int minutes;
    String zone;

    MaintenanceWindow window() {
        return new MaintenanceWindow(day, starts, Duration.ofMinutes(minutes), ZoneId.of(zone), false);
    }
}
