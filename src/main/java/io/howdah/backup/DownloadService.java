package io.howdah.backup;

import io.howdah.access.Access;
import io.howdah.access.Permission;
import io.howdah.access.Scope;
import io.howdah.access.Target;
import io.howdah.engine.BackupEngine;
import io.howdah.engine.Engine;
import io.howdah.engine.ServerKey;
import io.howdah.server.ServerFacts;
import io.howdah.server.ServerRegister;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.io.InputStream;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * All of a server's data as a file: a backup that a plain PostgreSQL starts, or a dump of a database. Whoever may do this can
 * carry everything away, so that it is asked for, begun and ended on record.
 */
@Stateless
public class DownloadService {

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmm").withZone(ZoneOffset.UTC);

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Access access;

    @Inject
    private ServerRegister register;

    @Inject
    private Engine engine;

    /**
     * Asks for a dump of a database of a running server. It is as of the moment it is opened.
     *
     * @throws io.howdah.shared.ProblemException NotFound, AccessDenied, ServerNotReady
     */
    public Download dump(UUID serverId, String database) {
        ServerFacts server = serverId == null ? null : register.find(serverId).orElse(null);
        if (server == null
                || !access.sees(
                        Permission.SERVERS_READ,
                        Scope.server(server.teamId(), server.id()),
                        new Target("server", server.id(), server.name()))) {
            throw notFound(serverId);
        }
        Download download = new Download(
                serverId,
                server.name(),
                server.teamId(),
                database,
                null,
                fileName(server.name() + "-" + database) + ".dump",
                0);
        record(download, Map.of());
        requireAvailable();
        register.requireRunning(serverId);
        return download;
    }

    /**
     * Asks for a backup.
     *
     * @throws io.howdah.shared.ProblemException NotFound, AccessDenied, BackupGone
     */
    public Download backup(UUID serverId, UUID backupId) {
        RecoveryState state = serverId == null ? null : entities.find(RecoveryState.class, serverId);
        if (state == null
                || !access.sees(
                        Permission.SERVERS_READ,
                        Scope.server(state.teamId, state.serverId),
                        new Target("server", state.serverId, state.name))) {
            throw notFound(serverId);
        }
        BackupEntry entry = backupId == null ? null : entities.find(BackupEntry.class, backupId);
        boolean there = entry != null && entry.serverId.equals(serverId) && entry.label != null;
        Download download = new Download(
                serverId,
                state.name,
                state.teamId,
                null,
                there ? entry.label : String.valueOf(backupId),
                fileName(state.name + (there ? "-" + DAY.format(entry.endedAt) : "")) + ".tar",
                there ? entry.databaseBytes : 0);
        record(download, Map.of());
        requireAvailable();
        if (!there) {
            throw Problem.of(ProblemCode.BackupGone, state.name).raise();
        }
        return download;
    }

    /**
     * The file, as it is made. Reading it takes as long as that takes, without a transaction; closing it ends the work.
     *
     * @throws io.howdah.shared.ProblemException what keeps it from beginning
     */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public InputStream open(Download download) {
        access.permit(Permission.BACKUPS_DOWNLOAD, place(download), target(download));
        BackupEngine backups = requireAvailable();
        ServerKey key = new ServerKey(download.serverId());
        return download.database() == null
                ? backups.tarball(key, download.label())
                : backups.dump(key, download.database());
    }

    /** Puts on record how it ended, and how much was handed out. */
    public void ended(Download download, long bytes, Download.End how) {
        record(download, Map.of("ended", how.name().toLowerCase(java.util.Locale.ROOT), "bytes", Long.toString(bytes)));
    }

    private void record(Download download, Map<String, String> more) {
        Map<String, String> details = new LinkedHashMap<>(more);
        if (download.database() == null) {
            details.put("backup", download.label());
        } else {
            details.put("database", download.database());
        }
        access.change(Permission.BACKUPS_DOWNLOAD, place(download), target(download), details);
    }

    /** Where the server lies, whatever team the request names. */
    private Scope place(Download download) {
        UUID id = download.serverId();
        UUID team = register.find(id)
                .map(ServerFacts::teamId)
                .or(() -> Optional.ofNullable(entities.find(RecoveryState.class, id))
                        .map(state -> state.teamId))
                .orElseThrow(() -> notFound(id));
        Scope place = Scope.server(team, id);
        if (!access.sees(Permission.SERVERS_READ, place, target(download))) {
            throw notFound(id);
        }
        return place;
    }

    private BackupEngine requireAvailable() {
        return engine.backups()
                .orElseThrow(() -> Problem.of(ProblemCode.BackupsNotAvailable).raise());
    }

    private static Target target(Download download) {
        return new Target("server", download.serverId(), download.serverName());
    }

    private static String fileName(String name) {
        return name.replaceAll("[^\\p{L}\\p{N}._-]", "_");
    }

    private static io.howdah.shared.ProblemException notFound(UUID serverId) {
        return Problem.of(ProblemCode.NotFound, "server", String.valueOf(serverId))
                .raise();
    }
}
