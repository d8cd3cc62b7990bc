package io.howdah.engine;

import java.time.Duration;

/**
 * A script of SQL statements to be run once.
 *
 * @param role runs it, and is all that it can be: a role that may sign in, no superuser
 * @param script one or more statements, separated by semicolons
 * @param timeout for the whole script, and so for each statement
 */
public record SqlTask(String database, String role, String script, Duration timeout) {

    /** Scripts may hold secrets: they stand in no log. */
    @Override
    public String toString() {
        return "SqlTask[" + database + " as " + role + ", " + script.length() + " characters]";
    }
}
