package io.howdah.backup;

import io.howdah.engine.BackupEngine;
import io.howdah.engine.Engine;
import io.howdah.engine.Progress;
import io.howdah.engine.ServerKey;
import io.howdah.operation.Nodes;
import io.howdah.shared.Messages;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Sees how far each server can be restored, tells people when that falls behind, and clears away the repositories of
 * servers that are gone once their retention is over.
 */
@ApplicationScoped
class ArchiveWatch {

    private static final Logger LOG = Logger.getLogger(ArchiveWatch.class.getName());
    private static final int LOOKERS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    /** Reading a whole repository takes a process of its own: not more of them a minute, however many servers write. */
    private static final int READS = 40;

    private static final Duration AFTER_MOVE = Duration.ofMinutes(15);
    private static final Duration AT_LEAST = Duration.ofHours(6);
    private static final Duration EXPIRE = Duration.ofDays(1);

    @Inject
    private Upkeep upkeep;

    @Inject
    private Copies copies;

    @Inject
    private BackupRecords records;

    @Inject
    private Engine engine;

    @Inject
    private RehearsalUpkeep rehearsals;

    @Inject
    private Nodes nodes;

    @Inject
    private Clock clock;

    @Resource
    private ManagedExecutorService executor;

    private volatile long done = System.nanoTime();

    /** Whether it has been done on this node within that time. */
    boolean doneWithin(Duration time) {
        return System.nanoTime() - done < time.toNanos();
    }

    /** @return what was done, in a sentence, or null when there was nothing to tell */
    String run() {
        done = System.nanoTime();
        if (engine.backups().isEmpty()) {
            return null;
        }
        BackupEngine backups = engine.backups().get();
        List<Upkeep.Watched> watched = upkeep.watched(engine.capabilities().shared() ? null : nodes.home());
        Queue<Upkeep.Watched> toRead = new ConcurrentLinkedQueue<>();
        AtomicInteger failed = new AtomicInteger();
        forEach(watched, failed, server -> {
            boolean moved = look(backups, server);
            if (wantsReading(server, moved)) {
                toRead.add(server);
            }
        });
        List<Upkeep.Watched> oldest = toRead.stream()
                .sorted(Comparator.comparing(server -> server.readAt() == null ? Instant.EPOCH : server.readAt()))
                .limit(READS)
                .toList();
        if (backups.remote().isPresent()) {
            forEach(
                    watched.stream()
                            .filter(server -> !server.gone() && server.readAt() != null)
                            .toList(),
                    failed,
                    server -> ship(backups, server.serverId()));
        }
        Set<ServerKey> there = backups.repositories();
        forEach(oldest, failed, server -> read(backups, there, server));
        clearRehearsals(backups, there, failed);
        AtomicInteger forgotten = new AtomicInteger();
        forEach(watched.stream().filter(Upkeep.Watched::gone).toList(), failed, server -> {
            if (clearAway(backups, server)) {
                forgotten.incrementAndGet();
            }
        });
        return failed.get() + forgotten.get() == 0
                ? null
                : Messages.text("job.observe-backups.did", forgotten.get(), failed.get());
    }

    private boolean look(BackupEngine backups, Upkeep.Watched server) {
        if (!server.runs()) {
            upkeep.rests(server.serverId());
            return false;
        }
        // Before its first backup nothing is archived, and nothing is wrong with that.
        return server.readAt() != null
                && upkeep.saw(server.serverId(), backups.archiving(new ServerKey(server.serverId())));
    }

    private boolean wantsReading(Upkeep.Watched server, boolean moved) {
        if (server.readAt() == null) {
            return true;
        }
        Duration since = Duration.between(server.readAt(), clock.instant());
        return moved && since.compareTo(AFTER_MOVE) > 0 || since.compareTo(AT_LEAST) > 0;
    }

    /** What takes longer than a moment goes on, and is seen the next minute. */
    private void ship(BackupEngine backups, UUID serverId) {
        ServerKey key = new ServerKey(serverId);
        Progress progress = backups.ship(key);
        if (progress instanceof Progress.Failed failure) {
            copies.notShipped(serverId, backups.shipping(key), failure.problem());
        } else if (progress instanceof Progress.Done) {
            copies.shipped(serverId, backups.shipping(key));
        }
    }

    /** A repository that was there and is not may lie on a disk that is not: what is known of it stays. */
    private void read(BackupEngine backups, Set<ServerKey> there, Upkeep.Watched server) {
        ServerKey key = new ServerKey(server.serverId());
        if (server.readAt() == null || there.contains(key) || backups.remote().isPresent()) {
            records.found(server.serverId(), backups.catalogue(key));
            upkeep.judgeRoom(server.serverId());
        }
    }

    private boolean clearAway(BackupEngine backups, Upkeep.Watched server) {
        ServerKey key = new ServerKey(server.serverId());
        Retention retention = records.retention(server.serverId());
        if (upkeep.over(server.serverId(), retention)) {
            if (done(backups.forget(key))) {
                upkeep.forgotten(server.serverId());
                return true;
            }
            return false;
        }
        boolean due = backups.repositories().contains(key) && expireDue(server);
        if (due && done(backups.expire(key, retention.window(), retention.kept()))) {
            if (backups.remote().isPresent()) {
                backups.expireRemote(key, retention.window(), retention.kept());
            }
            records.found(server.serverId(), backups.catalogue(key));
            upkeep.expired(server.serverId());
        }
        return false;
    }

    /** Throw-away servers of rehearsals that have ended, should one have been left behind. */
    private void clearRehearsals(BackupEngine backups, Set<ServerKey> repositories, AtomicInteger failed) {
        Set<ServerKey> here = new HashSet<>(engine.servers());
        here.addAll(repositories);
        for (ServerKey copy : rehearsals.leftBehind(here)) {
            try {
                if (done(engine.remove(copy))) {
                    done(backups.forget(copy));
                }
            } catch (RuntimeException e) {
                failed.incrementAndGet();
                LOG.log(Level.WARNING, "the copy " + copy + " of a rehearsal could not be removed", e);
            }
        }
    }

    private boolean expireDue(Upkeep.Watched server) {
        return server.expiredAt() == null
                || server.expiredAt().isBefore(clock.instant().minus(EXPIRE));
    }

    /** What is under way is asked for again the next minute. */
    private static boolean done(Progress progress) {
        if (progress instanceof Progress.Failed failure) {
            throw failure.problem().raise();
        }
        return progress instanceof Progress.Done;
    }

    private interface Look {
        void at(Upkeep.Watched server);
    }

    /** One that hangs takes seconds to look at; the others need not wait for it. */
    private void forEach(List<Upkeep.Watched> all, AtomicInteger failed, Look look) {
        Queue<Upkeep.Watched> servers = new ConcurrentLinkedQueue<>(all);
        List<Callable<Void>> lookers = new ArrayList<>();
        for (int i = 0; i < Math.min(LOOKERS, all.size()); i++) {
            lookers.add(() -> {
                for (Upkeep.Watched next = servers.poll(); next != null; next = servers.poll()) {
                    try {
                        look.at(next);
                    } catch (RuntimeException e) {
                        failed.incrementAndGet();
                        LOG.log(Level.WARNING, "the backups of server " + next.serverId() + " could not be seen", e);
                    }
                }
                return null;
            });
        }
        try {
            executor.invokeAll(lookers, PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
