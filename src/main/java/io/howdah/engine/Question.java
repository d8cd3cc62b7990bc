package io.howdah.engine;

import java.time.Duration;

/**
 * One query that somebody expects to be answered with true.
 *
 * @param role asks it, and is all that it can be: a role that may sign in, no superuser
 */
public record Question(String database, String role, String query, Duration timeout) {

    /** Queries may hold secrets: they stand in no log. */
    @Override
    public String toString() {
        return "Question[" + database + " as " + role + ", " + query.length() + " characters]";
    }
}
