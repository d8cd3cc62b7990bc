package io.howdah.schedule;

import io.howdah.shared.Json;
import io.howdah.shared.UuidText;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Something that is done to a server again and again, or once, at a time that people chose. */
@Entity
@Table(name = "schedule")
class Schedule {

    @Id
    UUID id;

    /** In the order of creation, given by the database: of two that are due at one instant the elder runs first. */
    @Column(insertable = false, updatable = false)
    long number;

    @Column(name = "server_id")
    UUID serverId;

    String name;
    String action;
    String arguments;
    String timetable;
    String zone;

    @Column(name = "from_date")
    LocalDate from;

    @Column(name = "until_date")
    LocalDate until;

    @Enumerated(EnumType.STRING)
    Misfire misfire;

    @Enumerated(EnumType.STRING)
    @Column(name = "when_stopped")
    WhenStopped whenStopped;

    boolean paused;

    /** When it runs next; null when it is paused or over. */
    @Column(name = "next_due")
    Instant nextDue;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "created_by")
    String createdBy;

    /** The person in whose name it runs: whoever decided last what it does. */
    @Column(name = "runs_as")
    UUID runsAs;

    @Column(name = "runs_as_name")
    String runsAsName;

    @ElementCollection
    @CollectionTable(name = "schedule_tell", joinColumns = @JoinColumn(name = "schedule_id"))
    @Column(name = "person_id")
    @Convert(converter = UuidText.class)
    private Set<UUID> tellOnFailure = new HashSet<>();

    @Version
    int version;

    Timing timing() {
        return new Timing(Timetables.read(timetable), ZoneId.of(zone), from, until);
    }

    Map<String, String> arguments() {
        return Json.readMap(arguments);
    }

    /** Takes over all that a draft says but the server. */
    void as(ScheduleDraft draft) {
        name = draft.name().strip();
        action = draft.action();
        arguments = Json.write(draft.arguments());
        timetable = Timetables.write(draft.timing().timetable());
        zone = draft.timing().zone().getId();
        from = draft.timing().from();
        until = draft.timing().until();
        misfire = draft.misfire();
        whenStopped = draft.whenStopped();
    }

    /** Who is told when a run fails or is missed. */
    Set<UUID> tellOnFailure() {
        return Set.copyOf(tellOnFailure);
    }

    void tellOnFailure(Collection<UUID> people) {
        tellOnFailure.clear();
        tellOnFailure.addAll(people);
    }

    void dueAfter(Instant instant) {
        nextDue = paused
                ? null
                : timing().next(instant).map(ZonedDateTime::toInstant).orElse(null);
    }
}
