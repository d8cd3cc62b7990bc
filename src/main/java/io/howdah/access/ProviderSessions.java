package io.howdah.access;

import io.howdah.openid.EndedSession;
import io.howdah.shared.Sql;
import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * The sessions that began by a provider, on all nodes. One that is not here any more has ended, wherever its browser is: the
 * provider said so, or the provider is gone.
 */
@Stateless
public class ProviderSessions {

    /** Longer than any browser's session: what a node that was killed has left behind. */
    private static final Duration LONGEST = Duration.ofDays(30);

    private static final String END = """
            delete from provider_session s using person p
            where p.id = s.person_id and s.provider_id = ? and s.begun_at <= ?
              and (cast(? as text) is null or s.subject = ?) and (cast(? as text) is null or s.sid = ?)
            returning p.id, p.name""";

    @Resource(lookup = "jdbc/howdah")
    private DataSource dataSource;

    @Inject
    private Clock clock;

    /** Somebody whose session has ended. */
    public record Gone(UUID personId, String name) {}

    public void begin(UUID id, UUID providerId, UUID personId, String subject, String sid) {
        Sql.change(
                dataSource,
                "delete from provider_session where begun_at < ?",
                Timestamp.from(clock.instant().minus(LONGEST)));
        Sql.change(
                dataSource,
                "insert into provider_session (id, provider_id, person_id, subject, sid, begun_at) values (?, ?, ?, ?, ?, ?)",
                id,
                providerId,
                personId,
                subject,
                sid,
                Timestamp.from(clock.instant()));
    }

    public boolean lasts(UUID id) {
        return !lasting(Set.of(id)).isEmpty();
    }

    /** Those of them that have not ended. */
    public Set<UUID> lasting(Collection<UUID> ids) {
        return new HashSet<>(Sql.rows(
                dataSource, "select id from provider_session where id = any(?)", row -> Sql.id(row, "id"), ids));
    }

    /** The browser's session is gone, or goes. */
    public void end(UUID id) {
        Sql.change(dataSource, "delete from provider_session where id = ?", id);
    }

    public List<Gone> end(UUID providerId, EndedSession ended) {
        return Sql.rows(
                dataSource,
                END,
                row -> new Gone(Sql.id(row, "id"), row.getString("name")),
                providerId,
                Timestamp.from(ended.begunBefore()),
                ended.subject(),
                ended.subject(),
                ended.session(),
                ended.session());
    }
}
