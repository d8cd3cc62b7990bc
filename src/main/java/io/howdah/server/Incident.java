package io.howdah.server;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** One line in the history of a server's health. */
@Entity
@Table(name = "server_incident")
class Incident {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;

    @Column(name = "server_id")
    UUID serverId;

    Instant at;

    @Enumerated(EnumType.STRING)
    IncidentKind kind;

    String note;

    @Column(name = "operation_id")
    UUID operationId;

    /** When the server was brought back since then, newest first. */
    static List<Instant> restarts(EntityManager entities, UUID serverId, Instant since) {
        return entities.createQuery(
                        "select i.at from Incident i where i.serverId = :server and i.at > :since and i.kind in :kinds order by i.id desc",
                        Instant.class)
                .setParameter("server", serverId)
                .setParameter("since", since)
                .setParameter(
                        "kinds",
                        Arrays.stream(IncidentKind.values())
                                .filter(IncidentKind::restart)
                                .toList())
                .getResultList();
    }

    IncidentView view() {
        return new IncidentView(at, kind, note, operationId);
    }
}
