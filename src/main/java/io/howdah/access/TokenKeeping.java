package io.howdah.access;

import io.howdah.shared.Messages;
import io.howdah.shared.Sql;
import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/** What is done about tokens and client secrets by and by. */
@Stateless
public class TokenKeeping {

    private static final Duration NOTICE = Duration.ofDays(7);

    /** As long as somebody might wonder why a program is refused. */
    private static final Duration KEPT = Duration.ofDays(90);

    /** What was made for less than the time of notice ends as its maker knows. */
    private static final String ENDING = """
            update %1$s t set told_at = ? from person p
            where p.id = t.person_id and t.told_at is null and t.ends_at > ? and t.ends_at <= ?
              and t.ends_at - t.created_at > interval '7 days' and not p.disabled %3$s
            returning %2$s as name, t.ends_at, p.id as holder, p.name as holder_name, p.team_id""";

    private static final String TOKENS_ENDING =
            ENDING.formatted("access_token", "t.name", "and t.secret_id is null and t.revoked_at is null");
    private static final String SECRETS_ENDING = ENDING.formatted("client_secret", "t.hint", "");

    private record Ending(String name, Instant endsAt, UUID holder, String holderName, UUID teamId) {

        static Ending read(ResultSet row) throws SQLException {
            return new Ending(
                    row.getString("name"),
                    Sql.instant(row, "ends_at"),
                    Sql.id(row, "holder"),
                    row.getString("holder_name"),
                    Sql.id(row, "team_id"));
        }
    }

    @Resource(lookup = "jdbc/howdah")
    private DataSource dataSource;

    @Inject
    private Notices notices;

    @Inject
    private Holders holders;

    @Inject
    private Clock clock;

    /**
     * Tells once, a week before: the person whose token it is, or those who may give the service account another.
     *
     * @return of how many
     */
    public int tellEnds() {
        List<Ending> tokens = ending(TOKENS_ENDING);
        tokens.forEach(token -> tell(token, "token"));
        List<Ending> secrets = ending(SECRETS_ENDING);
        secrets.forEach(secret -> tell(secret, "secret"));
        return tokens.size() + secrets.size();
    }

    /** @return how many it forgot */
    public int forget() {
        Timestamp now = Timestamp.from(clock.instant());
        Timestamp old = Timestamp.from(clock.instant().minus(KEPT));
        return Sql.change(dataSource, "delete from access_token where secret_id is not null and ends_at < ?", now)
                + Sql.change(dataSource, "delete from access_token where ends_at < ? or revoked_at < ?", old, old)
                + Sql.change(dataSource, "delete from client_secret where ends_at < ?", old);
    }

    private List<Ending> ending(String statement) {
        Instant now = clock.instant();
        return Sql.rows(
                dataSource,
                statement,
                Ending::read,
                Timestamp.from(now),
                Timestamp.from(now),
                Timestamp.from(now.plus(NOTICE)));
    }

    private void tell(Ending ending, String what) {
        String day = ending.endsAt().atOffset(ZoneOffset.UTC).toLocalDate().toString();
        boolean own = ending.teamId() == null;
        Set<UUID> people = own
                ? Set.of(ending.holder())
                : holders.of(Permission.SERVICE_ACCOUNTS_WRITE, Scope.team(ending.teamId()));
        notices.tell(new Notice(
                EventKind.TOKEN_ENDING,
                null,
                null,
                null,
                Messages.text("access." + what + ".ends.title", ending.name(), ending.holderName(), day),
                Messages.text("access." + what + ".ends.text"),
                own ? "profile/tokens" : "access?part=service_accounts",
                people));
    }
}
