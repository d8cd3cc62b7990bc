package io.howdah.schedule;

import io.howdah.shared.Sql;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** What timetables do, for features that must not work against them. */
@ApplicationScoped
public class ScheduledWork {

    @Resource(lookup = "jdbc/howdah")
    private DataSource dataSource;

    /** When the action is to be done to the server next; empty when no timetable has it. */
    public Optional<Instant> next(UUID serverId, String action) {
        return Sql.row(
                dataSource,
                "select min(next_due) as due from schedule where server_id = ? and action = ? and not paused",
                row -> Sql.instant(row, "due"),
                serverId,
                action);
    }

    /** Whether a timetable has begun the operation. */
    public boolean began(UUID operationId) {
        return Sql.row(
                        dataSource,
                        "select 1 as one from schedule_run where operation_id = ?",
                        row -> row.getInt("one"),
                        operationId)
                .isPresent();
    }
}
