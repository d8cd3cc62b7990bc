package io.howdah.access;

import io.howdah.shared.Ids;
import io.howdah.shared.Sql;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Who is signed in to the portal, known to all its nodes. A session lives as long as its row: whoever holds its cookie is
 * nobody once that is gone.
 */
@ApplicationScoped
public class Sessions {

    /** A little longer than the container keeps a session that is not used; open pages use theirs by themselves. */
    public static final Duration IDLE = Duration.ofMinutes(35);

    /** The last use is not written down more often than this. */
    private static final Duration FRESH = Duration.ofMinutes(1);

    private static final String BEGIN = """
            insert into portal_session (id, person_id, began_at, last_used_at, address, user_agent)
            select cast(? as uuid), p.id, ?, ?, ?, ? from person p where p.name = ?""";

    private static final String USED = """
            select s.last_used_at, s.address from portal_session s join person p on p.id = s.person_id
            where s.id = ? and p.name = ? and s.last_used_at > ?""";

    private static final String OF_PERSON = """
            select id, began_at, last_used_at, address, user_agent from portal_session
            where person_id = ? and last_used_at > ? order by last_used_at desc, id""";

    @Resource(lookup = "jdbc/howdah")
    private DataSource dataSource;

    @Inject
    private Event<SessionsEnded> ends;

    @Inject
    private Clock clock;

    /**
     * Begins one for somebody who has signed in.
     *
     * @param name the person's, as stored
     * @param userAgent the header of that name, or null
     */
    UUID begin(String name, String address, String userAgent) {
        UUID id = Ids.random();
        Timestamp now = Timestamp.from(clock.instant());
        Sql.change(dataSource, BEGIN, id, now, now, address, UserAgent.kept(userAgent), name);
        return id;
    }

    /** Whether it is the person's and has not ended; remembers the use. */
    public boolean use(UUID id, String name, String address) {
        Instant now = clock.instant();
        record Last(Instant at, String address) {}
        return Sql.row(
                        dataSource,
                        USED,
                        row -> new Last(Sql.instant(row, "last_used_at"), row.getString("address")),
                        id,
                        name,
                        Timestamp.from(now.minus(IDLE)))
                .map(last -> {
                    if (last.at().isBefore(now.minus(FRESH)) || !address.equals(last.address())) {
                        Sql.change(
                                dataSource,
                                "update portal_session set last_used_at = ?, address = ? where id = ?",
                                Timestamp.from(now),
                                address,
                                id);
                    }
                    return true;
                })
                .orElse(false);
    }

    /** The person's, the one used last first. */
    List<SessionView> of(UUID personId) {
        return Sql.rows(
                dataSource,
                OF_PERSON,
                row -> new SessionView(
                        Sql.id(row, "id"),
                        Sql.instant(row, "began_at"),
                        Sql.instant(row, "last_used_at"),
                        row.getString("address"),
                        UserAgent.product(row.getString("user_agent"))),
                personId,
                Timestamp.from(clock.instant().minus(IDLE)));
    }

    /** Those of them that have ended, at whichever node. */
    public Set<UUID> ended(Collection<UUID> ids) {
        Set<UUID> ended = new HashSet<>(ids);
        ended.removeAll(
                Sql.rows(dataSource, "select id from portal_session where id = any(?)", row -> Sql.id(row, "id"), ids));
        return ended;
    }

    /** What is open of it closes when the transaction has been committed, or at once without one. */
    public void end(UUID id) {
        Sql.change(dataSource, "delete from portal_session where id = ?", id);
        ends.fire(new SessionsEnded(Set.of(id)));
    }

    /**
     * Ends all of a person's.
     *
     * @param kept one that goes on, or null
     * @return how many were ended
     */
    int endAll(UUID personId, UUID kept) {
        List<UUID> ended = Sql.rows(
                dataSource,
                "delete from portal_session where person_id = ? and id is distinct from cast(? as uuid) returning id",
                row -> Sql.id(row, "id"),
                personId,
                kept);
        ends.fire(new SessionsEnded(Set.copyOf(ended)));
        return ended.size();
    }
}
