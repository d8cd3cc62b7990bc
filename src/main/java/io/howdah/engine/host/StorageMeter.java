package io.howdah.engine.host;

import io.howdah.engine.Storage;
import io.howdah.engine.StorageUse;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Measures how full a server's storage is, and what with. */
final class StorageMeter {

    private static final Duration LOOK = Duration.ofSeconds(10);
    private static final long BYTES_PER_GIB = 1L << 30;

    private final ServerFile file;
    private final ServerDirectory directory;

    StorageMeter(ServerFile file, ServerDirectory directory) {
        this.file = file;
        this.directory = directory;
    }

    /** Of a volume one question to the kernel; of a directory a walk through all its files. */
    Storage storage() {
        boolean guarded = Files.exists(directory.guard());
        long limit = file.specification().storageGib() * BYTES_PER_GIB;
        if (!directory.hard()) {
            long used = size(directory.data()) + size(directory.log());
            long there = used + directory.member().toFile().getUsableSpace();
            long capacity = limit == 0 ? there : Math.min(limit, there);
            return new Storage(
                    false, capacity, used, guarded, StorageFile.read(directory).droppedSlots());
        }
        File volume = directory.base().toFile();
        // What it may be larger than its size is for PostgreSQL's last need only.
        long total = volume.getTotalSpace();
        long used = total - volume.getUsableSpace();
        return new Storage(
                true,
                Math.min(limit, total),
                used,
                guarded,
                StorageFile.read(directory).droppedSlots());
    }

    /** Whether there is anything to be measured: a volume may not be mounted. */
    boolean there() {
        return directory.hard() ? Volumes.mounted(directory.base()) : Files.exists(directory.data());
    }

    static long size(Path directory) {
        long[] bytes = {0};
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
                    bytes[0] += attributes.size();
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path path, IOException gone) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path path, IOException gone) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes[0];
    }

    /** The server must be running. */
    StorageUse use() {
        return new ControlConnection(file).use(LOOK, connection -> {
            List<StorageUse.Share> databases = new ArrayList<>();
            List<StorageUse.Slot> slots = new ArrayList<>();
            try (Statement statement = connection.createStatement()) {
                try (ResultSet rows = statement.executeQuery(
                        "SELECT datname, pg_database_size(oid) AS bytes FROM pg_database ORDER BY bytes DESC, datname")) {
                    while (rows.next()) {
                        databases.add(new StorageUse.Share(rows.getString(1), rows.getLong(2)));
                    }
                }
                try (ResultSet rows = statement.executeQuery(slotQuery())) {
                    while (rows.next()) {
                        slots.add(new StorageUse.Slot(rows.getString(1), rows.getBoolean(2), rows.getLong(3)));
                    }
                }
            }
            return new StorageUse(
                    databases,
                    number(connection, "SELECT coalesce(sum(size), 0) FROM pg_ls_waldir()"),
                    slots,
                    number(
                            connection,
                            "SELECT coalesce(sum(f.size), 0) FROM pg_tablespace t, LATERAL pg_ls_tmpdir(t.oid) f"
                                    + " WHERE t.spcname <> 'pg_global'"),
                    size(directory.log()));
        });
    }

    /** Name, whether it is read from, and the bytes of WAL kept for it, the most first. */
    static String slotQuery() {
        return """
                SELECT slot_name, active, greatest(0, pg_wal_lsn_diff(
                           CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END,
                           restart_lsn))::bigint AS held
                  FROM pg_replication_slots WHERE restart_lsn IS NOT NULL ORDER BY held DESC""";
    }

    private static long number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
