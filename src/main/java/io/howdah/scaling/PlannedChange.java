package io.howdah.scaling;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A change of size that waits for something; it is made in the name of who asked for it. */
@Entity
@Table(name = "planned_change")
class PlannedChange {

    @Id
    UUID id;

    /** Its place among those that wait for the same: given by the database, in the order of asking. */
    @Column(insertable = false, updatable = false)
    long number;

    @Column(name = "server_id")
    UUID serverId;

    @Column(name = "size_code")
    String size;

    @Enumerated(EnumType.STRING)
    @Column(name = "waits_for")
    WaitsFor waitsFor;

    Instant due;

    @Column(name = "gives_up_at")
    Instant givesUpAt;

    @Column(name = "asked_at")
    Instant askedAt;

    @Column(name = "asked_by")
    String askedBy;

    @Column(name = "person_id")
    UUID personId;

    String doing;

    @Column(name = "operation_id")
    UUID operationId;

    String failure;

    PlannedChangeView view() {
        return new PlannedChangeView(id, size, waitsFor, due, givesUpAt, askedAt, askedBy, doing, operationId, failure);
    }
}
