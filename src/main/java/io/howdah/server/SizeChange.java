package io.howdah.server;

import io.howdah.engine.SettingChange;
import io.howdah.shared.Json;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A change of a server's size that has been carried out, and what it meant for its clients. */
@Entity
@Table(name = "size_change")
class SizeChange {

    @Id
    @Column(name = "operation_id")
    UUID operationId;

    @Column(name = "server_id")
    UUID serverId;

    Instant at;

    @Column(name = "size_before")
    String before;

    @Column(name = "size_after")
    String after;

    boolean restarted;

    @Column(name = "held_millis")
    long heldMillis;

    Long transactions;
    Integer failed;

    /** A list of {@link SettingChange} as JSON, or null. */
    String settings;

    /** Why it was asked for, in words; null when a person simply did. */
    String reason;

    SizeChangeView view() {
        return new SizeChangeView(
                operationId,
                at,
                before,
                after,
                restarted,
                Duration.ofMillis(heldMillis),
                transactions,
                failed,
                settings == null ? List.of() : List.of(Json.read(settings, SettingChange[].class)),
                reason);
    }
}
