package io.howdah.engine.host;

import io.howdah.engine.Archiving;
import io.howdah.shared.ProblemCode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;

/** How a running server's WAL gets into its repository. */
final class WalShipping {

    private static final Duration LOOK = Duration.ofSeconds(10);
    private static final Duration SHIP = Duration.ofSeconds(60);
    private static final int POLL_MILLIS = 20;

    private final ControlConnection control;

    WalShipping(ServerFile file) {
        this.control = new ControlConnection(file);
    }

    record Shipped(int timeline, Instant until) {}

    /** @throws EngineFault BackupNeedsRestart when the running PostgreSQL was started without archiving */
    void requireOn() {
        String mode = control.use(LOOK, connection -> text(connection, "SHOW archive_mode"));
        if (!"on".equals(mode)) {
            throw EngineFault.lasting(null, ProblemCode.BackupNeedsRestart);
        }
    }

    /** Makes a running PostgreSQL hand over what it has kept so far, as its settings say by now. */
    void begin() {
        long until = System.nanoTime() + LOOK.toNanos();
        while (control.use(LOOK, connection -> text(connection, "SHOW archive_command"))
                .isEmpty()) {
            if (System.nanoTime() > until) {
                throw EngineFault.passing("archive_command is still empty", ProblemCode.ArchivingFails);
            }
            control.use(LOOK, connection -> text(connection, "SELECT pg_reload_conf()::text"));
            Pause.millis(POLL_MILLIS);
        }
    }

    long databaseBytes() {
        return control.use(
                LOOK,
                connection -> Long.parseLong(
                        text(connection, "SELECT sum(pg_database_size(oid))::bigint::text FROM pg_database")));
    }

    Archiving state() {
        return control.use(LOOK, connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("""
                            SELECT last_archived_wal, last_archived_time,
                                   CASE WHEN last_failed_time > coalesce(last_archived_time, '-infinity')
                                        THEN last_failed_time END,
                                   (SELECT count(*) FROM pg_ls_archive_statusdir() WHERE name LIKE '%.ready')
                              FROM pg_stat_archiver
                            """)) {
                row.next();
                return new Archiving(row.getString(1), instant(row, 2), instant(row, 3), row.getInt(4));
            }
        });
    }

    /**
     * Commits something, so that there is a commit after every instant up to now, and waits until it is in the repository.
     *
     * @return the timeline, and the instant up to which all of it is there
     * @throws EngineFault ArchivingFails
     */
    Shipped shipNow() {
        requireOn();
        Instant begun = Instant.now();
        String segment = control.use(LOOK, connection -> {
            text(connection, "SELECT txid_current()::text");
            return text(connection, "SELECT pg_walfile_name(pg_switch_wal())");
        });
        long until = System.nanoTime() + SHIP.toNanos();
        Archiving now = state();
        while (now.lastSegment() == null || now.lastSegment().compareTo(segment) < 0) {
            boolean failed = now.failing() && now.failedAt().isAfter(begun);
            if (failed || System.nanoTime() > until) {
                throw EngineFault.passing(segment + " is not archived", ProblemCode.ArchivingFails);
            }
            Pause.millis(POLL_MILLIS);
            now = state();
        }
        return new Shipped(WalSegment.of(segment).timeline(), begun);
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        Timestamp time = row.getTimestamp(column);
        return time == null ? null : time.toInstant();
    }

    private static String text(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
