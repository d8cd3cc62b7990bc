package io.howdah.backup;

import io.howdah.engine.BackupCatalogue;
import io.howdah.engine.BackupInfo;
import io.howdah.server.ServerChanged;
import io.howdah.shared.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** {@link BackupRecords} in the metadata database. */
@ApplicationScoped
@Transactional(Transactional.TxType.REQUIRES_NEW)
class BackupTable implements BackupRecords {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Clock clock;

    @Inject
    private Event<ServerChanged> changes;

    @Override
    public Retention retention(UUID serverId) {
        PolicyEntry policy = entities.find(PolicyEntry.class, serverId);
        List<Retention.Reading> restores = entities.createQuery(
                        "select r from Restoration r where r.sourceId = :source and r.state = :state",
                        Restoration.class)
                .setParameter("source", serverId)
                .setParameter("state", Restoration.State.UNDER_WAY)
                .getResultStream()
                .map(Restoration::reading)
                .collect(Collectors.toCollection(ArrayList::new));
        // A copy that is looked at may be asked to go on.
        entities.createQuery("select l from Look l where l.serverId = :source", Look.class)
                .setParameter("source", serverId)
                .getResultStream()
                .map(Look::reading)
                .forEach(restores::add);
        entities.createQuery(
                        "select r from Rehearsal r where r.serverId = :source and r.state = :state", Rehearsal.class)
                .setParameter("source", serverId)
                .setParameter("state", RehearsalView.State.UNDER_WAY)
                .getResultStream()
                .map(Rehearsal::reading)
                .forEach(restores::add);
        return Retention.of(
                policy == null ? Policy.MAX_RETENTION : policy.retentionDays,
                there(serverId).stream().map(BackupEntry::held).toList(),
                restores,
                clock.instant());
    }

    private List<BackupEntry> there(UUID serverId) {
        return entities.createQuery(
                        "select b from BackupEntry b where b.serverId = :server and b.label is not null",
                        BackupEntry.class)
                .setParameter("server", serverId)
                .getResultList();
    }

    @Override
    public void found(UUID serverId, BackupCatalogue catalogue) {
        RecoveryState state = entities.find(RecoveryState.class, serverId, LockModeType.PESSIMISTIC_WRITE);
        if (state == null) {
            return;
        }
        state.read(catalogue, clock.instant());
        List<BackupEntry> known = there(serverId);
        // Its copy in another repository has another label, and is the same backup.
        Set<UUID> units = catalogue.backups().stream()
                .map(BackupInfo::unit)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        known.stream()
                .filter(entry -> catalogue.backup(entry.label).isEmpty() && !units.contains(entry.id))
                .forEach(entities::remove);
        for (BackupInfo info : catalogue.backups()) {
            entry(serverId, known, info).see(info);
        }
        changes.fire(new ServerChanged(serverId));
    }

    @Override
    public void foundCopies(UUID serverId, BackupCatalogue catalogue) {
        RecoveryState state = entities.find(RecoveryState.class, serverId, LockModeType.PESSIMISTIC_WRITE);
        if (state != null) {
            state.remoteBackupAt = catalogue.backups().isEmpty()
                    ? null
                    : catalogue.backups().getLast().stoppedAt();
            state.remoteBytes = catalogue.repositoryBytes();
            changes.fire(new ServerChanged(serverId));
        }
    }

    private BackupEntry entry(UUID serverId, List<BackupEntry> known, BackupInfo info) {
        for (BackupEntry entry : known) {
            if (entry.label.equals(info.label())) {
                return entry;
            }
        }
        BackupEntry asked = info.unit() == null ? null : entities.find(BackupEntry.class, info.unit());
        if (asked != null) {
            return asked;
        }
        BackupEntry unknown = BackupEntry.found(serverId, info.unit() == null ? Ids.random() : info.unit(), info);
        // Complete when it is persisted: columns that must not be empty come from what was seen.
        unknown.see(info);
        entities.persist(unknown);
        return unknown;
    }
}
