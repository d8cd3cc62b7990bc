package io.howdah.scaling;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/** A server's {@link AutoscalePolicy}, whether it is followed, and what was decided last. */
@Entity
@Table(name = "autoscale")
class Autoscale {

    @Id
    @Column(name = "server_id")
    UUID serverId;

    boolean active;

    @Column(name = "min_size")
    private String minSize;

    @Column(name = "max_size")
    private String maxSize;

    @Column(name = "target_cpu_percent")
    private int targetCpuPercent;

    @Column(name = "target_memory_percent")
    private int targetMemoryPercent;

    @Column(name = "cool_down_minutes")
    private int coolDownMinutes;

    @Column(name = "monthly_ceiling")
    private BigDecimal monthlyCeiling;

    @Column(name = "changed_at")
    Instant changedAt;

    @Column(name = "changed_by")
    String changedBy;

    String verdict;

    @Column(name = "verdict_at")
    Instant verdictAt;

    @Version
    int version;

    AutoscalePolicy policy() {
        return new AutoscalePolicy(
                minSize, maxSize, targetCpuPercent, targetMemoryPercent, coolDownMinutes, monthlyCeiling);
    }

    void as(AutoscalePolicy policy) {
        minSize = policy.minSize();
        maxSize = policy.maxSize();
        targetCpuPercent = policy.targetCpuPercent();
        targetMemoryPercent = policy.targetMemoryPercent();
        coolDownMinutes = policy.coolDownMinutes();
        monthlyCeiling = policy.monthlyCeiling();
    }
}
