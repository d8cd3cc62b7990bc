package io.howdah.shared;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;

/** The metadata database did not do what was asked. */
public class DatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

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
