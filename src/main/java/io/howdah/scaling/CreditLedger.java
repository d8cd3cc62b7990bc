package io.howdah.scaling;

import io.howdah.server.Size;
import io.howdah.shared.DatabaseException;
import io.howdah.shared.Sql;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;

/** The CPU credits of servers, minute by minute. */
@ApplicationScoped
class CreditLedger {

    /** What a server had at an instant. */
    record Entry(UUID serverId, Instant at, CpuCredits credits) {}

    /** Looks each server's newest up by itself: all of them together would be read for that otherwise. */
    private static final String NEWEST = """
            select newest.* from unnest(?::uuid[]) as wanted (id)
            cross join lateral (
                select server_id, at, balance, held from cpu_credit
                where server_id = wanted.id order by at desc limit 1) newest""";

    private static final String KEEP = """
            insert into cpu_credit (server_id, at, balance, held)
            select * from unnest(?::uuid[], ?::timestamptz[], ?::real[], ?::boolean[])
            on conflict do nothing""";

    @Resource(lookup = "jdbc/howdah")
    private DataSource dataSource;

    Map<UUID, CpuCredits> newest(Collection<UUID> serverIds) {
        Map<UUID, CpuCredits> found = new HashMap<>();
        Sql.rows(dataSource, NEWEST, CreditLedger::entry, serverIds)
                .forEach(entry -> found.put(entry.serverId(), entry.credits()));
        return found;
    }

    void keep(List<Entry> entries) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert = connection.prepareStatement(KEEP)) {
            insert.setArray(
                    1,
                    connection.createArrayOf(
                            "uuid", entries.stream().map(Entry::serverId).toArray()));
            insert.setArray(
                    2,
                    connection.createArrayOf(
                            "timestamptz",
                            entries.stream()
                                    .map(entry -> Timestamp.from(entry.at()))
                                    .toArray()));
            insert.setArray(
                    3,
                    connection.createArrayOf(
                            "float4",
                            entries.stream()
                                    .map(entry -> (float) entry.credits().balance())
                                    .toArray()));
            insert.setArray(
                    4,
                    connection.createArrayOf(
                            "bool",
                            entries.stream()
                                    .map(entry -> entry.credits().held())
                                    .toArray()));
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    /** What the server has of the size; null unless it is burstable. */
    CreditsView view(UUID serverId, Size size, Instant from) {
        if (!size.burstable()) {
            return null;
        }
        TreeMap<Instant, Double> day = new TreeMap<>();
        Sql.rows(
                        dataSource,
                        "select server_id, at, balance, held from cpu_credit where server_id = ? and at > ? order by at",
                        CreditLedger::entry,
                        serverId,
                        Timestamp.from(from))
                .forEach(entry -> day.put(stretch(entry.at()), entry.credits().balance()));
        CpuCredits now = newest(List.of(serverId)).getOrDefault(serverId, CpuCredits.first(size));
        return new CreditsView(now.balance(), CpuCredits.most(size), size.baselineVCores(), now.held(), day);
    }

    private static Instant stretch(Instant at) {
        long seconds = ScalingView.STRETCH.toSeconds();
        return Instant.ofEpochSecond(at.getEpochSecond() / seconds * seconds);
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                Sql.id(row, "server_id"),
                Sql.instant(row, "at"),
                new CpuCredits(row.getDouble("balance"), row.getBoolean("held")));
    }
}
