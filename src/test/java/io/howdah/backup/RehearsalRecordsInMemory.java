package io.howdah.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** {@link RehearsalRecords} for tests of workflows alone. */
final class RehearsalRecordsInMemory implements RehearsalRecords {

    final Map<UUID, Instant> marks = new HashMap<>();
    List<SqlCheck> checks = List.of();
    List<CheckResult> results;
    Duration recoveryPoint;
    Duration restored;
    Duration recovered;
    int othersInTheWay;

    @Override
    public Optional<String> turn(UUID rehearsal) {
        return othersInTheWay-- > 0 ? Optional.of("another") : Optional.empty();
    }

    @Override
    public Instant mark(UUID rehearsal, Instant now) {
        marks.putIfAbsent(rehearsal, now);
        return marks.get(rehearsal);
    }

    @Override
    public Instant marked(UUID rehearsal) {
        return marks.get(rehearsal);
    }

    @Override
    public void recoveryPoint(UUID rehearsal, Duration age) {
        recoveryPoint = age;
    }

    @Override
    public void restored(UUID rehearsal, Duration took) {
        restored = took;
    }

    @Override
    public void recovered(UUID rehearsal, Duration took) {
        recovered = took;
    }

    @Override
    public List<SqlCheck> checks(UUID serverId) {
        return checks;
    }

    @Override
    public void checked(UUID rehearsal, List<CheckResult> how) {
        results = how;
    }
}
