package io.howdah.monitoring;

import io.howdah.shared.DatabaseException;
import io.howdah.shared.Sql;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;

/** What servers used, minute by minute. Whoever shows any of it asks for permission itself. */
@ApplicationScoped
public class UsageLog {

    /** So that a week can be looked back on when its last day begins. */
    public static final Duration KEPT = Duration.ofDays(8);

    /** One statement for a whole fleet. */
    private static final String KEEP = """
            insert into usage_sample (server_id, at, vcores, memory_mib, connections)
            select * from unnest(?::uuid[], ?::timestamptz[], ?::real[], ?::integer[], ?::integer[])
            on conflict do nothing""";

    private static final String COLUMNS = "select server_id, at, vcores, memory_mib, connections from usage_sample";

    @Resource(lookup = "jdbc/howdah")
    private DataSource dataSource;

    /** Of two samples of a server for one minute the first is kept. */
    public void keep(List<UsageSample> samples) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert = connection.prepareStatement(KEEP)) {
            array(connection, insert, 1, "uuid", samples, UsageSample::serverId);
            array(connection, insert, 2, "timestamptz", samples, sample -> Timestamp.from(sample.at()));
            array(connection, insert, 3, "float4", samples, sample -> (float) sample.vCores());
            array(connection, insert, 4, "int4", samples, UsageSample::memoryMib);
            array(connection, insert, 5, "int4", samples, UsageSample::connections);
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    private static void array(
            Connection connection,
            PreparedStatement insert,
            int place,
            String type,
            List<UsageSample> samples,
            Function<UsageSample, Object> value)
            throws SQLException {
        insert.setArray(
                place,
                connection.createArrayOf(type, samples.stream().map(value).toArray()));
    }

    /** Those after {@code from}, the oldest first. */
    public List<UsageSample> of(UUID serverId, Instant from) {
        return Sql.rows(
                dataSource,
                COLUMNS + " where server_id = ? and at > ? order by at",
                UsageLog::sample,
                serverId,
                Timestamp.from(from));
    }

    /** The same of several servers; one without samples is left out. */
    public Map<UUID, List<UsageSample>> of(Collection<UUID> serverIds, Instant from) {
        Map<UUID, List<UsageSample>> found = new HashMap<>();
        Sql.rows(
                        dataSource,
                        COLUMNS + " where server_id = any(?) and at > ? order by at",
                        UsageLog::sample,
                        serverIds,
                        Timestamp.from(from))
                .forEach(sample -> found.computeIfAbsent(sample.serverId(), any -> new ArrayList<>())
                        .add(sample));
        return found;
    }

    private static UsageSample sample(ResultSet row) throws SQLException {
        return new UsageSample(
                Sql.id(row, "server_id"),
                Sql.instant(row, "at"),
                row.getDouble("vcores"),
                row.getInt("memory_mib"),
                row.getInt("connections"));
    }
}
