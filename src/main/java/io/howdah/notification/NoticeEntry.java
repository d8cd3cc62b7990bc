package io.howdah.notification;

import io.howdah.access.EventKind;
import io.howdah.access.Scope;
import io.howdah.shared.Json;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Something that happened, in the words people read, and whom it concerns. */
@Entity
@Table(name = "notice")
class NoticeEntry {

    @Id
    UUID id;

    @Enumerated(EnumType.STRING)
    EventKind kind;

    Instant at;

    @Column(name = "team_id")
    UUID teamId;

    @Column(name = "server_id")
    UUID serverId;

    @Column(name = "server_name")
    String serverName;

    String title;
    String text;
    String link;

    @Column(name = "correlation_id")
    String correlationId;

    /** The ids of those it concerns, as JSON. */
    private String concerned;

    /** Whether others are told as well, if they want to know everything of the kind. */
    boolean everybody;

    /** Whether it has been made out to people. */
    @Column(name = "made_out")
    boolean madeOut;

    /** Who may see what is there may know of it. */
    Scope scope() {
        return serverId == null ? Scope.team(teamId) : Scope.server(teamId, serverId);
    }

    Set<UUID> concerned() {
        return Arrays.stream(Json.read(concerned, String[].class))
                .map(UUID::fromString)
                .collect(Collectors.toSet());
    }

    void concerned(Set<UUID> people) {
        concerned = written(people);
    }

    /** As the column holds them. */
    static String written(Set<UUID> people) {
        return Json.write(people.stream().map(UUID::toString).sorted().toList());
    }
}
