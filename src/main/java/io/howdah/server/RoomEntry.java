package io.howdah.server;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** The factors that an administrator has set. */
@Entity
@Table(name = "host_room")
class RoomEntry {

    static final short ONLY = 1;

    @Id
    short id = ONLY;

    @Column(name = "vcore_factor")
    double vCoreFactor;

    @Column(name = "memory_factor")
    double memoryFactor;

    @Column(name = "changed_at")
    Instant changedAt;

    @Column(name = "changed_by")
    String changedBy;

    RoomFactors factors() {
        return new RoomFactors(vCoreFactor, memoryFactor);
    }
}
