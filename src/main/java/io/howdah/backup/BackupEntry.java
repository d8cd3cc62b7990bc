package io.howdah.backup;

import io.howdah.engine.BackupInfo;
import io.howdah.engine.BackupKind;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** A backup that is in a server's repository, or on its way there as long as it has no label. */
@Entity
@Table(name = "backup")
class BackupEntry {

    static final String ORIGIN = "howdah-origin";
    private static final String NAME = "howdah-name";
    private static final String NOTE = "howdah-note";
    private static final String KEEP_UNTIL = "howdah-keep-until";
    private static final String REQUESTED_BY = "howdah-requested-by";
    private static final String SERVER = "howdah-server";

    /** That of the operation that takes it. */
    @Id
    UUID id;

    @Column(name = "server_id")
    UUID serverId;

    String label;

    @Enumerated(EnumType.STRING)
    BackupKind kind;

    String prior;

    @Enumerated(EnumType.STRING)
    Origin origin;

    String name;
    String note;

    @Column(name = "keep_until")
    Instant keepUntil;

    @Column(name = "requested_by")
    String requestedBy;

    @Column(name = "asked_at")
    Instant askedAt;

    @Column(name = "started_at")
    Instant startedAt;

    @Column(name = "ended_at")
    Instant endedAt;

    Integer timeline;

    @Column(name = "database_bytes")
    long databaseBytes;

    @Column(name = "repository_bytes")
    long repositoryBytes;

    boolean damaged;

    /** What stands beside it in the repository, so that it can be known again without this database. */
    Map<String, String> notes(String serverName) {
        Map<String, String> notes = new TreeMap<>();
        notes.put(SERVER, serverName);
        notes.put(ORIGIN, origin.code());
        notes.put(REQUESTED_BY, requestedBy);
        put(notes, NAME, name);
        put(notes, NOTE, note);
        put(notes, KEEP_UNTIL, keepUntil == null ? null : keepUntil.toString());
        return notes;
    }

    private static void put(Map<String, String> notes, String key, String value) {
        if (value != null && !value.isBlank()) {
            notes.put(key, value);
        }
    }

    /** One that this database did not know. */
    static BackupEntry found(UUID serverId, UUID id, BackupInfo info) {
        BackupEntry entry = new BackupEntry();
        entry.id = id;
        entry.serverId = serverId;
        entry.origin = Origin.of(info.notes().get(ORIGIN));
        entry.name = info.notes().get(NAME);
        entry.note = info.notes().get(NOTE);
        entry.keepUntil = instant(info.notes().get(KEEP_UNTIL));
        entry.requestedBy = info.notes().getOrDefault(REQUESTED_BY, "howdah");
        entry.askedAt = info.startedAt();
        return entry;
    }

    private static Instant instant(String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException notOne) {
            return null;
        }
    }

    void see(BackupInfo info) {
        label = info.label();
        kind = info.kind();
        prior = info.prior();
        startedAt = info.startedAt();
        endedAt = info.stoppedAt();
        timeline = info.timeline();
        databaseBytes = info.databaseBytes();
        repositoryBytes = info.repositoryBytes();
        damaged = info.damaged();
    }

    Retention.Held held() {
        return new Retention.Held(label, origin, keepUntil);
    }

    BackupView view() {
        return new BackupView(
                id,
                label,
                kind,
                prior,
                origin,
                name,
                note,
                keepUntil,
                requestedBy,
                askedAt,
                startedAt,
                endedAt,
                databaseBytes,
                repositoryBytes,
                damaged);
    }
}
