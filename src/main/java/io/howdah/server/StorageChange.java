package io.howdah.server;

import io.howdah.engine.StorageSwitch;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** A change of a server's storage that has been carried out, and what it meant for its clients. */
@Entity
@Table(name = "storage_change")
class StorageChange {

    @Id
    @Column(name = "operation_id")
    UUID operationId;

    @Column(name = "server_id")
    UUID serverId;

    Instant at;

    @Column(name = "gib_before")
    int gibBefore;

    @Column(name = "gib_after")
    int gibAfter;

    /** How long clients were held back; null when nobody noticed it. */
    @Column(name = "held_millis")
    Long heldMillis;

    Long transactions;
    Integer failed;

    /** Until when the storage before is kept; null when there is none any more. */
    @Column(name = "kept_until")
    Instant keptUntil;

    void tell(StorageSwitch how, Instant until) {
        if (how.kept()) {
            heldMillis = how.held().toMillis();
            keptUntil = until;
        }
        if (how.traffic() != null) {
            transactions = how.traffic().transactions();
            failed = how.traffic().failed();
        }
    }

    StorageChangeView view() {
        return new StorageChangeView(
                operationId,
                at,
                gibBefore,
                gibAfter,
                heldMillis == null ? null : Duration.ofMillis(heldMillis),
                transactions,
                failed,
                keptUntil);
    }
}
