package io.howdah.installation;

import io.howdah.schedule.StandingJob;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * Keeps the metadata database small: ended operations go after a year, notifications after 90 days, one-time links once
 * they have run out. The audit log stays whole: its hash chain would not survive a cut.
 */
@Dependent
class Housekeeping implements StandingJob {

    private static final Logger LOG = Logger.getLogger(Housekeeping.class.getName());
    private static final Duration OPERATIONS_KEPT = Duration.ofDays(365);
    private static final Duration NOTIFICATIONS_KEPT = Duration.ofDays(90);

    @Resource(lookup = "jdbc/howdah-plain")
    private DataSource dataSource;

    @Inject
    private Clock clock;

    @Override
    public String name() {
        return "housekeeping";
    }

    @Override
    public Duration every() {
        return Duration.ofHours(6);
    }

    @Override
    public void run() {
        Instant now = clock.instant();
        delete("delete from operation where ended_at < ?", now.minus(OPERATIONS_KEPT));
        // With a notice go its copies, deliveries and their log.
        delete("delete from notice where at < ?", now.minus(NOTIFICATIONS_KEPT));
        delete("delete from delivery where created_at < ?", now.minus(NOTIFICATIONS_KEPT));
        delete("delete from one_time_link where valid_until < ?", now);
    }

    private void delete(String statement, Instant before) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement delete = connection.prepareStatement(statement)) {
            delete.setTimestamp(1, Timestamp.from(before));
            int rows = delete.executeUpdate();
            if (rows > 0) {
                LOG.log(Level.INFO, "housekeeping: {0}: {1} rows", new Object[] {statement, rows});
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
