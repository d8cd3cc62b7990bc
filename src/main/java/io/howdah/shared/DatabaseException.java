package io.howdah.shared;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** The metadata database did not do what was asked. */
public class DatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration PAUSE = Duration.ofMillis(500);

    public DatabaseException(SQLException cause) {
        super(cause.getMessage(), cause);
    }

    /** Whether the database is out of reach, so that the same may work later, rather than having refused. */
    public static boolean away(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && away(sql)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Does what a start needs of the database, and tries it again while that is away: a part that gives up would leave the
     * portal half started for good. Each try is a transaction of its own.
     */
    public static void untilThere(Runnable work) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                work.run();
                return;
            } catch (RuntimeException e) {
                if (!away(e) || System.nanoTime() - deadline > 0) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private static boolean away(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        // connection exceptions, shutting down or starting up, no connection to be had
        return state.startsWith("08")
                || state.startsWith("57P")
                || state.startsWith("53")
                || e instanceof SQLTransientConnectionException
                || e instanceof SQLRecoverableException
                || e instanceof SQLNonTransientConnectionException;
    }
}
