package io.howdah.audit;

import io.howdah.notification.SignedPosts;
import io.howdah.shared.Encryption;
import io.howdah.shared.Messages;
import io.howdah.shared.Settings;
import io.howdah.shared.Sql;
import io.howdah.shared.StandingJob;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Sends what is new in the audit log to where it is forwarded. A place's position moves on only when a batch has arrived, so
 * that after a crash or a broken connection some records are sent again and none is left out; their numbers tell.
 */
@Dependent
class ForwardAuditLog implements StandingJob {

    private static final int BATCH = 500;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
    private static final Duration AT_ONCE = Duration.ofSeconds(50);

    private static final String ARRIVED = """
            update audit_forward set position = ?, sent_at = ?::timestamptz, tries = 0, trouble = null
            where kind = ? and position = ?""";
    private static final String FAILED =
            "update audit_forward set tries = tries + 1, due = ?::timestamptz, trouble = ? where kind = ?";

    @PersistenceContext
    private EntityManager entities;

    @Resource(lookup = "jdbc/howdah")
    private DataSource dataSource;

    @Inject
    private SignedPosts posts;

    @Inject
    private Encryption encryption;

    @Inject
    private Settings settings;

    @Inject
    private Clock clock;

    @Override
    public String name() {
        return "forward-audit-log";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(15);
    }

    @Override
    public String run() {
        Instant end = clock.instant().plus(AT_ONCE);
        long sent = 0;
        List<AuditForward> forwards = entities.createQuery("select f from AuditForward f", AuditForward.class)
                .getResultList();
        for (AuditForward forward : forwards) {
            if (!forward.due.isAfter(clock.instant())) {
                sent += send(forward, end);
            }
        }
        return sent == 0 ? null : Messages.text("job.forward-audit-log.did", sent);
    }

    private long send(AuditForward forward, Instant end) {
        AuditTable table = new AuditTable(dataSource);
        long sent = 0;
        List<AuditRecord> batch = table.after(forward.position, BATCH);
        while (!batch.isEmpty() && clock.instant().isBefore(end)) {
            String trouble = send(forward, batch);
            if (trouble != null) {
                failed(forward, trouble);
                return sent;
            }
            long last = batch.get(batch.size() - 1).number;
            String now = clock.instant().toString();
            if (Sql.change(dataSource, ARRIVED, last, now, forward.kind, forward.position) == 0) {
                // It was changed or stopped meanwhile.
                return sent;
            }
            forward.position = last;
            sent += batch.size();
            batch = table.after(last, BATCH);
        }
        return sent;
    }

    /** @return what went wrong, in words, or null */
    private String send(AuditForward forward, List<AuditRecord> batch) {
        try {
            return switch (forward.kind) {
                case SYSLOG -> {
                    String[] place = forward.address(encryption).split(":");
                    new Syslog(posts.trust(), place[0], Integer.parseInt(place[1]), settings.node()).send(batch);
                    yield null;
                }
                case WEBHOOK ->
                    posts.post(
                                    id(batch),
                                    "audit.records",
                                    URI.create(forward.address(encryption)),
                                    forward.secret(encryption),
                                    body(batch))
                            .orElse(null);
            };
        } catch (IOException e) {
            return Messages.text("audit.forward.broken", e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    private void failed(AuditForward forward, String trouble) {
        Duration pause = Duration.ofSeconds(15L << Math.min(forward.tries, 6));
        Instant due = clock.instant().plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
        Sql.change(dataSource, FAILED, due.toString(), trouble, forward.kind);
    }

    /** The same for the same records, so that a receiver knows them again. */
    private static UUID id(List<AuditRecord> batch) {
        String ends = batch.get(0).hash + batch.get(batch.size() - 1).hash;
        return UUID.nameUUIDFromBytes(ends.getBytes(StandardCharsets.US_ASCII));
    }

    private static String body(List<AuditRecord> batch) {
        return batch.stream()
                .map(record -> AuditExport.Format.JSON_LINES.line(record).strip())
                .collect(Collectors.joining(",", "{\"records\":[", "]}"));
    }
}
