package io.howdah.server;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A growth of a server's storage that has been carried out. */
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

    StorageChangeView view() {
        return new StorageChangeView(operationId, at, gibBefore, gibAfter);
    }
}
