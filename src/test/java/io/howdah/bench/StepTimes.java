package io.howdah.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Locale;
import java.util.UUID;
import javax.sql.DataSource;

/** Where the time of operations went. */
final class StepTimes {

    private StepTimes() {}

    /** A line for each step of each kind: its median and its slowest, in seconds. */
    static String of(DataSource metadata, Collection<UUID> operations) throws SQLException {
        StringBuilder lines = new StringBuilder();
        try (Connection connection = metadata.getConnection();
                PreparedStatement query = connection.prepareStatement("""
                        select kind, step, percentile_disc(0.5) within group (order by seconds), max(seconds) from (
                            select o.kind, s.step, s.id, extract(epoch from s.ended_at - s.started_at) as seconds
                            from operation_step s join operation o on o.id = s.operation_id
                            where o.id = any (?)
                            union all
                            select kind, '(until it began)', 0, extract(epoch from started_at - requested_at)
                            from operation where id = any (?)) taken
                        group by kind, step order by kind, min(id)""")) {
            query.setArray(1, connection.createArrayOf("uuid", operations.toArray()));
            query.setArray(2, connection.createArrayOf("uuid", operations.toArray()));
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    lines.append(String.format(
                            Locale.ROOT,
                            "  %-15s %-17s %6.3f %6.3f%n",
                            rows.getString(1),
                            rows.getString(2),
                            rows.getDouble(3),
                            rows.getDouble(4)));
                }
            }
        }
        return lines.toString();
    }
}
