package io.howdah.engine.host;

import io.howdah.shared.ProblemCode;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Looks after a script while it runs: ends it when its time is over or somebody wants it to end, first politely, then by
 * ending its session; and collects what PostgreSQL says meanwhile.
 */
final class SqlWatch implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(SqlWatch.class.getName());
    private static final int POLL_MILLIS = 100;
    private static final long HEED_NANOS = Duration.ofSeconds(5).toNanos();

    private final Backends backends;
    private final Units.Course course;
    private final UnitOutput output;
    private final Duration timeout;
    private final UnitFile session;
    private final long until;
    private final Thread thread;
    private volatile ProblemCode reason;
    private volatile Statement statement;
    private volatile boolean over;

    SqlWatch(Backends backends, Units.Course course, UnitOutput output, Duration timeout, UnitFile session) {
        this.backends = backends;
        this.course = course;
        this.output = output;
        this.timeout = timeout;
        this.session = session;
        this.until = System.nanoTime() + timeout.toNanos();
        this.thread =
                Thread.ofPlatform().daemon().name("watch-" + session.holder()).start(this::watch);
    }

    /** Why it was ended, or null: WorkTimedOut, WorkCancelled. */
    ProblemCode reason() {
        return reason;
    }

    String timeoutInWords() {
        long seconds = timeout.toSeconds();
        return seconds < 120 ? seconds + " s" : seconds / 60 + " min";
    }

    /** Between statements, where there is nothing to cancel. */
    void check() throws SQLException {
        decide();
        if (reason != null) {
            throw new SQLException("ended", "57014");
        }
    }

    void watch(Statement running) {
        statement = running;
    }

    private void decide() {
        if (reason == null && course.cancelled()) {
            reason = ProblemCode.WorkCancelled;
        } else if (reason == null && System.nanoTime() > until) {
            reason = ProblemCode.WorkTimedOut;
        }
    }

    private void watch() {
        long asked = 0;
        while (!over) {
            try {
                hear(statement);
                decide();
                if (reason != null && !over) {
                    long now = System.nanoTime();
                    asked = asked == 0 ? now : asked;
                    if (now - asked > HEED_NANOS) {
                        backends.terminate(session.backend(), session.backendSince());
                    } else {
                        backends.cancel(session.backend(), session.backendSince());
                    }
                }
            } catch (EngineFault e) {
                LOG.log(Level.FINE, "the server can't be asked to end a script", e);
            }
            pause();
        }
    }

    private void pause() {
        try {
            Thread.sleep(reason == null ? POLL_MILLIS : 4 * POLL_MILLIS);
        } catch (InterruptedException e) {
            over = true;
        }
    }

    /** Takes what was said away from the driver, which would keep all of it until the statement ends. */
    synchronized void hear(Statement running) {
        if (running == null) {
            return;
        }
        try {
            SQLWarning said = running.getWarnings();
            running.clearWarnings();
            for (; said != null; said = said.getNextWarning()) {
                SqlStatements.say(said, output);
            }
        } catch (SQLException e) {
            LOG.log(Level.FINE, "what the statement said can't be read", e);
        }
    }

    @Override
    public void close() {
        over = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
