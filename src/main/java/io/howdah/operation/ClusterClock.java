package io.howdah.operation;

import io.howdah.shared.Sql;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;

/**
 * The metadata database's time, which all nodes share: asked for with each sign of life, and carried on in between by
 * the machine's steady counter. The clock on this node's wall plays no part, so it may be wrong or jump.
 */
@ApplicationScoped
public class ClusterClock {

    private record Sample(Instant time, long nanos) {}

    @Resource(lookup = "jdbc/howdah")
    private DataSource dataSource;

    private volatile Sample sample;

    public Instant now() {
        if (sample == null) {
            Sql.row(dataSource, "select clock_timestamp() as now", row -> Sql.instant(row, "now"))
                    .ifPresent(now -> set(now, System.nanoTime()));
        }
        Sample last = sample;
        return last.time.plusNanos(System.nanoTime() - last.nanos);
    }

    /** How long ago that was, or until then, if it lies ahead. */
    public Duration since(Instant instant) {
        return Duration.between(instant, now());
    }

    /** @param nanos what {@link System#nanoTime} said when the database said {@code time} */
    void set(Instant time, long nanos) {
        sample = new Sample(time, nanos);
    }
}
