package io.howdah.installation;

import io.howdah.access.Sessions;
import io.howdah.monitoring.UsageLog;
import io.howdah.shared.Messages;
import io.howdah.shared.StandingJob;
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
 * Keeps the metadata database small: ended operations and the runs of schedules go after a year, servers' incidents after
 * 93 days, what servers used after 8, runs of the standing jobs after a month or when there are more than a thousand, one-time links once they have
 * run out and sessions once they are not used,
 * what operations said after 30 days, nodes that were not seen for 30 days, notifications after 90. The audit log
 * stays whole: its hash chain would not survive a cut.
 */
@Dependent
class Housekeeping implements StandingJob {

    private static final Logger LOG = Logger.getLogger(Housekeeping.class.getName());
    private static final Duration BRAKES_KEPT = Duration.ofDays(30);
    private static final Duration OUTPUTS_KEPT = Duration.ofDays(30);
    private static final Duration OPERATIONS_KEPT = Duration.ofDays(365);
    private static final Duration INCIDENTS_KEPT = Duration.ofDays(93);
    private static final Duration JOB_RUNS_KEPT = Duration.ofDays(30);

    private static final String OLD_JOB_RUNS = """
            delete from job_run where ended_at is not null and (ended_at < ? or id in (
                select id from (select id, row_number() over (partition by job order by began_at desc) as place
                                from job_run) ranked
                where place > 1000))""";
    private static final Duration NOTIFICATIONS_KEPT = Duration.ofDays(90);
    private static final Duration NODES_KEPT = Duration.ofDays(30);

    /** Not the place of those on whose hosts there are servers still, or something to do: people read its name there. */
    private static final String LOST_NODES = """
            delete from node where seen_at < ?
              and not exists (select 1 from server where server.node = node.home)
              and not exists (select 1 from operation where pinned_to = node.home and ended_at is null)""";

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
    public String run() {
        Instant now = clock.instant();
        int rows = delete("delete from operation where ended_at < ?", now.minus(OPERATIONS_KEPT))
                + delete("delete from schedule_run where ended_at < ?", now.minus(OPERATIONS_KEPT))
                + delete("delete from server_incident where at < ?", now.minus(INCIDENTS_KEPT))
                + delete(OLD_JOB_RUNS, now.minus(JOB_RUNS_KEPT))
                + delete("delete from operation_output where at < ?", now.minus(OUTPUTS_KEPT))
                + delete("delete from usage_sample where at < ?", now.minus(UsageLog.KEPT))
                + delete("delete from cpu_credit where at < ?", now.minus(UsageLog.KEPT))
                // With a notice go its copies, deliveries and their log.
                + delete("delete from notice where at < ?", now.minus(NOTIFICATIONS_KEPT))
                + delete("delete from delivery where created_at < ?", now.minus(NOTIFICATIONS_KEPT))
                + delete("delete from one_time_link where valid_until < ?", now)
                + delete("delete from portal_session where last_used_at < ?", now.minus(Sessions.IDLE))
                + delete("delete from sign_in_brake where last_at < ?", now.minus(BRAKES_KEPT))
                + delete(LOST_NODES, now.minus(NODES_KEPT));
        return rows == 0 ? null : Messages.text("job.housekeeping.did", rows);
    }

    private int delete(String statement, Instant before) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement delete = connection.prepareStatement(statement)) {
            delete.setTimestamp(1, Timestamp.from(before));
            int rows = delete.executeUpdate();
            if (rows > 0) {
                LOG.log(Level.INFO, "housekeeping: {0}: {1} rows", new Object[] {statement, rows});
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
