package io.howdah.server;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.UUID;

/** How much a team may have of one kind; there is none for what is not limited. */
@Entity
@Table(name = "team_quota")
@IdClass(QuotaEntry.Key.class)
class QuotaEntry {

    record Key(UUID teamId, QuotaKind kind) implements Serializable {}

    @Id
    @Column(name = "team_id")
    UUID teamId;

    @Id
    @Enumerated(EnumType.STRING)
    QuotaKind kind;

    double amount;

    @Column(name = "set_by")
    String setBy;

    @Column(name = "set_at")
    Instant setAt;
}
