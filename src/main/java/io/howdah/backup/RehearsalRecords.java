package io.howdah.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What a rehearsal reads and writes down; each call is a transaction of its own, and may be made twice. */
interface RehearsalRecords {

    /**
     * Begins, unless another one is at work on the same host.
     *
     * @return the name of the server whose rehearsal is at work, or empty when this one's turn has come
     */
    Optional<String> turn(UUID rehearsal);

    /** What is committed from now on must be there again; answers the first such instant, however often it is asked. */
    Instant mark(UUID rehearsal, Instant now);

    /** @return the instant of {@link #mark}, or null */
    Instant marked(UUID rehearsal);

    void recoveryPoint(UUID rehearsal, Duration age);

    void restored(UUID rehearsal, Duration took);

    void recovered(UUID rehearsal, Duration took);

    List<SqlCheck> checks(UUID serverId);

    void checked(UUID rehearsal, List<CheckResult> results);
}
