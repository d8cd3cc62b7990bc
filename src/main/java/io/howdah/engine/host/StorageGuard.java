package io.howdah.engine.host;

import io.howdah.engine.DroppedSlot;
import io.howdah.engine.ServerKey;
import io.howdah.engine.Storage;
import java.io.File;
import java.nio.file.Files;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps PostgreSQL from running out of disk, of which it would die: a server whose storage is nearly full becomes
 * read-only and its sessions end; reads go on, a session may lift it for itself to delete, and it is lifted for all when
 * there is room again. One thread looks after all servers of the host.
 */
final class StorageGuard {

    private static final Logger LOG = Logger.getLogger(StorageGuard.class.getName());

    /** Between two looks a server writes some tens of megabytes, which is less than what is kept free. */
    private static final int LOOK_MILLIS = 200;

    private static final Duration WALK = Duration.ofSeconds(10);
    /** A walk takes at most this part of one processor. */
    private static final int WALK_SHARE = 20;

    private static final Duration LIST = Duration.ofSeconds(2);
    private static final Duration SQL = Duration.ofSeconds(5);
    private static final Duration CHECKPOINT = Duration.ofMinutes(10);
    private static final Duration SLOT_PAUSE = Duration.ofSeconds(5);
    private static final int RELOAD_TRIES = 100;
    private static final int RELOAD_PAUSE_MILLIS = 10;

    /** Three segments of WAL: with less PostgreSQL may not be able to go on, or to recover. */
    private static final long LAST_NEED_BYTES = 48L << 20;

    private static final long OVERDRAFT_BYTES = 64L << 20;
    private static final long MOST_OVERDRAWN_BYTES = 4 * OVERDRAFT_BYTES;
    private static final long SLOT_HOLDS_BYTES = 32L << 20;

    private static final String WRITING = " AND backend_xid IS NOT NULL";

    private static final String ON =
            "# Written by Howdah while the storage is nearly full.\ndefault_transaction_read_only = on\n";

    private final HostSettings settings;
    private final ServerDirectories directories;
    private final Volumes volumes;
    private final Clock clock;
    private final Map<ServerKey, Instant> walkAgain = new ConcurrentHashMap<>();
    private final Map<ServerKey, Storage> lastWalk = new ConcurrentHashMap<>();
    private final Map<ServerKey, Instant> slotsAgain = new ConcurrentHashMap<>();
    /** Those that became read-only and whose sessions go on, because PostgreSQL could not be asked. */
    private final Set<ServerKey> toEnd = ConcurrentHashMap.newKeySet();

    private final Set<ServerKey> atWork = ConcurrentHashMap.newKeySet();
    private Set<ServerKey> known = Set.of();
    private Instant listed = Instant.MIN;

    StorageGuard(HostSettings settings, ServerDirectories directories, Volumes volumes, Clock clock) {
        this.settings = settings;
        this.directories = directories;
        this.volumes = volumes;
        this.clock = clock;
    }

    /** Looks from now on, until the JVM ends. */
    void begin() {
        Thread.ofPlatform().daemon().name("storage-guard").start(() -> {
            while (true) {
                try {
                    lookAtAll();
                } catch (RuntimeException e) {
                    LOG.log(Level.WARNING, "the servers' storage could not be looked at", e);
                }
                Pause.millis(LOOK_MILLIS);
            }
        });
    }

    private void lookAtAll() {
        Instant now = clock.instant();
        if (!listed.plus(LIST).isAfter(now)) {
            known = directories.all();
            listed = now;
        }
        for (ServerKey key : known) {
            ServerDirectory directory = directories.of(key);
            boolean due = directory.hard()
                    ? callsForALook(directory)
                    : !walkAgain.getOrDefault(key, Instant.MIN).isAfter(now);
            if (due && directory.postgres().process().isPresent() && atWork.add(key)) {
                Thread.ofVirtual().start(() -> {
                    try {
                        look(key);
                    } catch (RuntimeException e) {
                        LOG.log(Level.WARNING, e, () -> "the storage of server " + key + " could not be guarded");
                    } finally {
                        atWork.remove(key);
                    }
                });
            }
        }
    }

    /** Asked of every volume in every round, so it asks the kernel alone. */
    private static boolean callsForALook(ServerDirectory directory) {
        File volume = directory.base().toFile();
        return Files.exists(directory.guard())
                || volume.getUsableSpace() <= 3 * Storage.guardBytes(volume.getTotalSpace());
    }

    /** How full it is, which for a directory may be some seconds old; null while it can't be measured. */
    Storage storage(ServerFile file) {
        ServerDirectory directory = directories.of(file.key());
        StorageMeter meter = new StorageMeter(file, directory);
        if (!meter.there()) {
            return null;
        }
        Storage walked = lastWalk.get(file.key());
        if (directory.hard() || walked == null) {
            return meter.storage();
        }
        return new Storage(
                false,
                walked.capacityBytes(),
                walked.usedBytes(),
                Files.exists(directory.guard()),
                StorageFile.read(directory).droppedSlots());
    }

    /** Measures the server's storage and does what it calls for. */
    void look(ServerKey key) {
        Optional<ServerFile> found = directories.find(key);
        ServerDirectory directory = directories.of(key);
        if (found.isEmpty() || !directory.provisioned()) {
            return;
        }
        ServerFile file = found.get();
        StorageMeter meter = new StorageMeter(file, directory);
        if (!meter.there()) {
            return;
        }
        Instant begun = clock.instant();
        Storage now = meter.storage();
        Duration took = Duration.between(begun, clock.instant()).multipliedBy(WALK_SHARE);
        if (!now.hard()) {
            lastWalk.put(key, now);
            walkAgain.put(key, clock.instant().plus(took.compareTo(WALK) > 0 ? took : WALK));
        }
        boolean running = directory.postgres().process().isPresent();
        if (!now.readOnly() && now.nearlyFull()) {
            write(file, directory);
            if (running) {
                toEnd.add(key);
                guard(file, directory);
            }
            LOG.log(Level.INFO, "server {0} is read-only: its storage is nearly full", key);
        } else if (now.readOnly() && now.relieved()) {
            lift(key, directory);
            LOG.log(Level.INFO, "server {0} can be written to again", key);
        } else if (running && toEnd.contains(key)) {
            guard(file, directory);
        } else if (running && now.readOnly() && ofLastNeed(directory)) {
            overdraw(file, directory);
            endSessions(file, WRITING);
        }
        if (running
                && now.tooFullForIdleSlots()
                && !slotsAgain.getOrDefault(key, Instant.MIN).isAfter(begun)) {
            slotsAgain.put(key, begun.plus(SLOT_PAUSE));
            dropIdleSlots(file, directory);
        }
    }

    /**
     * So that PostgreSQL can be started on a disk that has filled up while nobody guarded it: it begins read-only, and has
     * room for what it must write to recover.
     */
    void beforeStart(ServerFile file) {
        ServerDirectory directory = directories.of(file.key());
        StorageMeter meter = new StorageMeter(file, directory);
        if (!meter.there() || directory.postgres().process().isPresent()) {
            return;
        }
        Storage now = meter.storage();
        if (ofLastNeed(directory)) {
            overdraw(file, directory);
        }
        if (now.nearlyFull()) {
            write(file, directory);
        } else if (now.relieved()) {
            Disk.delete(directory.guard());
        }
    }

    private static boolean ofLastNeed(ServerDirectory directory) {
        return directory.hard() && directory.base().toFile().getUsableSpace() < LAST_NEED_BYTES;
    }

    private void overdraw(ServerFile file, ServerDirectory directory) {
        if (volumes.overdrawn(directory, file.specification().storageGib()) < MOST_OVERDRAWN_BYTES) {
            volumes.overdraw(directory, OVERDRAFT_BYTES);
        }
    }

    private static void write(ServerFile file, ServerDirectory directory) {
        Disk.write(directory.guard(), ON, file.user() == null ? "rw-------" : "rw-r-----", file.user());
    }

    private void guard(ServerFile file, ServerDirectory directory) {
        // One that was started by an earlier version of the product does not read the guard's file yet.
        if (!Disk.tail(directory.conf().resolve("howdah.conf"), 100_000).contains(ServerSettings.GUARD)) {
            new ServerSettings(file, directory, settings).write();
        }
        reload(directory);
        endSessions(file, "");
        toEnd.remove(file.key());
    }

    private void lift(ServerKey key, ServerDirectory directory) {
        toEnd.remove(key);
        Disk.delete(directory.guard());
        reload(directory);
    }

    static void reload(ServerDirectory directory) {
        KeptProcess postgres = directory.postgres();
        postgres.process().ifPresent(process -> postgres.signal(process, "HUP"));
    }

    /** Those that go on could go on writing. New ones begin with what PostgreSQL has read by then. */
    private static void endSessions(ServerFile file, String condition) {
        ControlConnection control = new ControlConnection(file);
        String before = control.use(SQL, connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT clock_timestamp()::text, pg_reload_conf()")) {
                row.next();
                return row.getString(1);
            }
        });
        for (int i = 1; i < RELOAD_TRIES; i++) {
            boolean ended = control.use(SQL, connection -> {
                try (Statement statement = connection.createStatement()) {
                    return endIfReloaded(statement, before, condition);
                }
            });
            if (ended) {
                return;
            }
            Pause.millis(RELOAD_PAUSE_MILLIS);
        }
    }

    /** A session is told of the settings that PostgreSQL had read when the session began. */
    private static boolean endIfReloaded(Statement statement, String before, String condition) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT pg_conf_load_time() >= '" + before + "'::timestamptz")) {
            row.next();
            if (!row.getBoolean(1)) {
                return false;
            }
        }
        statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_type = 'client backend'"
                + " AND usename <> '" + ServerSettings.SUPERUSER + "'" + condition);
        return true;
    }

    private void dropIdleSlots(ServerFile file, ServerDirectory directory) {
        boolean dropped = new ControlConnection(file).use(SQL, connection -> {
            boolean any = false;
            try (Statement statement = connection.createStatement();
                    Statement drop = connection.createStatement();
                    ResultSet rows = statement.executeQuery(StorageMeter.slotQuery())) {
                while (rows.next()) {
                    long held = rows.getLong("held");
                    if (!rows.getBoolean("active") && held >= SLOT_HOLDS_BYTES) {
                        String name = rows.getString("slot_name");
                        drop.execute("SELECT pg_drop_replication_slot(" + ControlConnection.literal(name) + ")");
                        StorageFile.read(directory)
                                .with(new DroppedSlot(name, clock.instant(), held))
                                .write(directory);
                        any = true;
                    }
                }
            }
            return any;
        });
        if (dropped) {
            // Without one the WAL would stay until the next.
            Thread.ofVirtual().start(() -> checkpoint(file));
        }
    }

    private static void checkpoint(ServerFile file) {
        try {
            new ControlConnection(file).use(CHECKPOINT, connection -> {
                try (Statement statement = connection.createStatement()) {
                    return statement.execute("CHECKPOINT");
                }
            });
        } catch (EngineFault e) {
            LOG.log(Level.INFO, e, () -> file.id() + ": no checkpoint after a slot was dropped");
        }
    }
}
