package io.howdah.engine.host;

import io.howdah.engine.OpenTransaction;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.Optional;

/** The transactions that are open through a server's pooler: they keep it from being paused. */
final class OpenTransactions {

    private static final Duration LOOK = Duration.ofSeconds(5);

    private final ServerFile file;

    OpenTransactions(ServerFile file) {
        this.file = file;
    }

    /**
     * The one that has been open longest. The pooler's sessions are those that come over the socket.
     *
     * @param atLeast shorter ones do not count
     */
    Optional<OpenTransaction> longest(Duration atLeast) {
        return new ControlConnection(file).use(LOOK, connection -> {
            try (PreparedStatement query = connection.prepareStatement("""
                            SELECT pid, backend_start, usename, datname, application_name, xact_start
                              FROM pg_stat_activity
                             WHERE backend_type = 'client backend' AND client_addr IS NULL AND usename <> ?
                               AND xact_start <= clock_timestamp() - ? * interval '1 millisecond'
                             ORDER BY xact_start LIMIT 1""")) {
                query.setString(1, ServerSettings.SUPERUSER);
                query.setLong(2, atLeast.toMillis());
                try (ResultSet row = query.executeQuery()) {
                    return row.next() ? Optional.of(read(row)) : Optional.empty();
                }
            }
        });
    }

    private static OpenTransaction read(ResultSet row) throws java.sql.SQLException {
        String application = row.getString("application_name");
        return new OpenTransaction(
                row.getInt("pid"),
                row.getTimestamp("backend_start").toInstant(),
                row.getString("usename"),
                row.getString("datname"),
                application == null || application.isBlank() ? "–" : application,
                row.getTimestamp("xact_start").toInstant());
    }
}
