package io.howdah.schedule;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;

/**
 * How far this machine's clock is off the database's. Quartz compares the clocks of its nodes: one that is off by more than
 * a few seconds takes the others for dead and does their work a second time. Such a node must not keep time.
 */
final class ClockCheck {

    static final Duration TOLERABLE = Duration.ofSeconds(4);

    private ClockCheck() {}

    /** Positive when this machine is ahead; right to within half of what asking takes. */
    static Duration ahead(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            Instant before = Instant.now();
            try (ResultSet row = statement.executeQuery("select extract(epoch from clock_timestamp()) * 1000")) {
                row.next();
                Instant middle =
                        before.plus(Duration.between(before, Instant.now()).dividedBy(2));
                return Duration.between(Instant.ofEpochMilli(row.getLong(1)), middle);
            }
        }
    }

    static boolean tolerable(Duration ahead) {
        return ahead.abs().compareTo(TOLERABLE) <= 0;
    }
}
