package io.howdah.backup;

import io.howdah.engine.Archiving;
import io.howdah.engine.BackupCatalogue;
import io.howdah.engine.RecoverySpan;
import io.howdah.engine.ServerKey;
import io.howdah.operation.Subject;
import io.howdah.server.ServerFacts;
import io.howdah.shared.Json;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * What a server is, or was before it went, and how far it can be restored. It stays as long as there is a backup of it:
 * a server that has been removed for good can be made anew from this.
 */
@Entity
@Table(name = "recovery_state")
class RecoveryState {

    /** An archive that has not moved for this long although it should is told about. */
    static final Duration TARGET = Duration.ofMinutes(5);

    private static final long BYTES_PER_GIB = 1L << 30;

    @Id
    @Column(name = "server_id")
    UUID serverId;

    @Column(name = "team_id")
    UUID teamId;

    String name;
    String node;

    @Column(name = "major_version")
    int majorVersion;

    @Column(name = "size_code")
    String sizeCode;

    @Column(name = "storage_gib")
    int storageGib;

    @Column(name = "administrator_login")
    String administratorLogin;

    /** The database that people connect to, or null. */
    @Column(name = "first_database")
    String firstDatabase;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "deleted_at")
    Instant deletedAt;

    /** Since when it exists in its backups alone. */
    @Column(name = "gone_at")
    Instant goneAt;

    String spans = "[]";

    @Column(name = "archived_at")
    Instant archivedAt;

    @Column(name = "last_segment")
    String lastSegment;

    /** How many pieces of WAL wait to get into the repository. */
    int waiting;

    @Column(name = "failing_since")
    Instant failingSince;

    @Column(name = "told_failing")
    boolean toldFailing;

    @Column(name = "told_old")
    boolean toldOld;

    /** Whether people have been told that its backups fail; a second failure is no news. */
    @Column(name = "told_backup")
    boolean toldBackup;

    @Column(name = "repository_bytes")
    long repositoryBytes;

    /** Since when it is another than the one its full backups are of. */
    @Column(name = "full_wanted_since")
    Instant fullWantedSince;

    /** When its archiving was looked at last. */
    @Column(name = "seen_at")
    Instant seenAt;

    /** When its repository was read last. */
    @Column(name = "read_at")
    Instant readAt;

    @Column(name = "expired_at")
    Instant expiredAt;

    /** When a rehearsal that nobody had asked for was taken back last. */
    @Column(name = "rehearsal_cancelled_at")
    Instant rehearsalCancelledAt;

    /** When the newest backup in the second repository ended, or null. */
    @Column(name = "remote_backup_at")
    Instant remoteBackupAt;

    /** When the newest changes got into the second repository, or null. */
    @Column(name = "remote_archived_at")
    Instant remoteArchivedAt;

    @Column(name = "remote_waiting")
    int remoteWaiting;

    @Column(name = "remote_failing_since")
    Instant remoteFailingSince;

    /** Why, in a sentence. */
    @Column(name = "remote_trouble")
    String remoteTrouble;

    @Column(name = "remote_bytes")
    long remoteBytes;

    /** Whether the newest backup has not been copied there. */
    @Column(name = "remote_wanted")
    boolean remoteWanted = true;

    /** The operation that makes the copy, or null. */
    @Column(name = "remote_operation")
    UUID remoteOperation;

    @Column(name = "told_remote")
    boolean toldRemote;

    /** Whether people have been told that backups take more than the server's storage. */
    @Column(name = "told_room")
    boolean toldRoom;

    @Version
    int version;

    ServerKey key() {
        return new ServerKey(serverId);
    }

    Subject subject() {
        return new Subject(serverId, name, teamId, node);
    }

    /** Takes over what the server is now; says whether that is news. */
    boolean know(ServerFacts facts) {
        boolean same = Objects.equals(teamId, facts.teamId())
                && Objects.equals(name, facts.name())
                && Objects.equals(node, facts.node())
                && majorVersion == facts.majorVersion()
                && Objects.equals(sizeCode, facts.sizeCode())
                && storageGib == facts.storageGib()
                && Objects.equals(deletedAt, facts.deletedAt())
                && goneAt == null;
        serverId = facts.id();
        teamId = facts.teamId();
        name = facts.name();
        node = facts.node();
        majorVersion = facts.majorVersion();
        sizeCode = facts.sizeCode();
        storageGib = facts.storageGib();
        administratorLogin = facts.administratorLogin();
        firstDatabase = facts.firstDatabase();
        createdAt = facts.createdAt();
        deletedAt = facts.deletedAt();
        goneAt = null;
        return !same;
    }

    /** What the repository holds, as it was last read, with what has been archived since. */
    List<RecoverySpan> spans() {
        List<RecoverySpan> known = new ArrayList<>();
        for (RecoverySpan span : Json.read(spans, RecoverySpan[].class)) {
            boolean further = span.growing() && archivedAt != null && archivedAt.isAfter(span.until());
            known.add(
                    further ? new RecoverySpan(span.timeline(), span.from(), archivedAt, true, span.missing()) : span);
        }
        return known;
    }

    void read(BackupCatalogue catalogue, Instant now) {
        spans = Json.write(catalogue.spans());
        archivedAt = later(archivedAt, catalogue.archivedAt());
        repositoryBytes = catalogue.repositoryBytes();
        readAt = now;
    }

    /** Whether the answer says anything that is not known. */
    boolean news(Archiving seen) {
        return !Objects.equals(lastSegment, seen.lastSegment())
                || waiting != seen.waiting()
                || seen.failing() != (failingSince != null)
                || tellsFailing(seen.failedAt())
                || toldFailing
                || toldOld
                || waiting > 0;
    }

    boolean remoteNews(Archiving seen) {
        return !Objects.equals(remoteArchivedAt, seen.archivedAt())
                || remoteWaiting != seen.waiting()
                || remoteFailingSince != null
                || toldRemote && !remoteWanted;
    }

    /** Whether the backups take more than the server's storage, which is what they are given for nothing. */
    boolean overRoom() {
        return repositoryBytes > storageGib * BYTES_PER_GIB;
    }

    private boolean tellsFailing(Instant failedAt) {
        return failedAt != null && !toldFailing;
    }

    void see(Archiving seen, Instant now) {
        lastSegment = seen.lastSegment();
        archivedAt = later(archivedAt, seen.archivedAt());
        waiting = seen.waiting();
        failingSince = !seen.failing() ? null : failingSince == null ? seen.failedAt() : failingSince;
        seenAt = now;
    }

    /** It does not run, so nothing of it waits or fails. */
    void rests() {
        waiting = 0;
        failingSince = null;
    }

    boolean failing(Instant now) {
        return failingSince != null && failingSince.isBefore(now.minus(TARGET));
    }

    /** Whether something that was committed longer ago than it should be is not in the repository. */
    boolean old(Instant now) {
        Instant safe = later(archivedAt, createdAt);
        return (waiting > 0 || failingSince != null) && safe.isBefore(now.minus(TARGET));
    }

    /** The last instant that can be restored, or null. */
    Instant lastInstant() {
        return spans().stream().map(RecoverySpan::until).max(Instant::compareTo).orElse(null);
    }

    private static Instant later(Instant one, Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isAfter(other) ? one : other;
    }
}
