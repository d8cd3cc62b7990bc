package io.howdah.engine.host;

import io.howdah.engine.SqlTask;
import io.howdah.shared.Messages;
import io.howdah.shared.ProblemCode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Runs a script once. Before the first statement the transaction's number is on disk; so whoever comes after a crash can
 * ask PostgreSQL whether that transaction was committed. A script that can't be one transaction is followed statement by
 * statement, and where it was interrupted stands on disk too.
 */
final class SqlRun {

    private static final int CLIENT_CHECK_MAJOR = 14;
    private static final int LONGEST_MESSAGE = 500;

    /** What PostgreSQL and the driver are told, so that it is we who notice that the time is over. */
    private static final int BACKSTOP_SECONDS = 30;

    /** PostgreSQL's codes for "not in a transaction": what it says of statements that {@link Script} didn't recognise. */
    private static final Set<String> NOT_IN_A_TRANSACTION = Set.of("25001", "2D000");

    private final ServerFile file;
    private final RoleDoor door;
    private final Backends backends;
    private final UnitFiles files;
    private final UUID unit;
    private final SqlTask task;
    private final Units.Course course;
    private final UnitOutput output;
    private final SqlAftermath aftermath;
    private UnitFile now;

    SqlRun(ServerFile file, ServerDirectory directory, UnitFiles files, UUID unit, SqlTask task, Units.Course course) {
        this.file = file;
        this.door = new RoleDoor(file, directory);
        this.backends = new Backends(file);
        this.files = files;
        this.unit = unit;
        this.task = task;
        this.course = course;
        this.output = new UnitOutput(files.output(unit).orElse(""));
        this.aftermath = new SqlAftermath(backends, files, unit, course, output);
        course.speakThrough(output);
    }

    UnitFile run() {
        Script script = Script.of(task.script());
        now = aftermath.settle();
        if (now.ended()) {
            return now;
        }
        Optional<Script.Statement> alone = script.alone();
        if (alone.isEmpty()) {
            return attempt(script, true);
        }
        output.line("Statement by statement, as " + task.role() + " in " + task.database() + ": "
                + alone.get().command() + " can't be part of a transaction.");
        return attempt(script, false);
    }

    private UnitFile attempt(Script script, boolean oneTransaction) {
        int of = script.statements().size();
        try (Connection session = door.open(task.role(), task.database(), properties())) {
            session.setAutoCommit(!oneTransaction);
            UnitFile known = Backends.identify(session, now, oneTransaction, of);
            if (oneTransaction) {
                backends.flush();
                output.line("One transaction, as " + task.role() + " in " + task.database() + ".");
            }
            now = known;
            files.keep(unit, now);
            try (SqlWatch watch = new SqlWatch(backends, course, output, task.timeout(), now)) {
                return follow(script, oneTransaction, session, watch);
            }
        } catch (SQLException e) {
            // Only closing and asking for the session's number are left to fail here.
            if (now.state() == UnitFile.State.RUNNING) {
                return afterTheConnectionBroke(e);
            }
            throw ControlConnection.fault(e);
        }
    }

    private UnitFile follow(Script script, boolean oneTransaction, Connection session, SqlWatch watch) {
        List<Script.Statement> statements = script.statements();
        int of = statements.size();
        SqlStatements runner = new SqlStatements(session, output, watch);
        for (int i = 0; i < of; i++) {
            Script.Statement statement = statements.get(i);
            course.say(Messages.text("engine.doing.statement", i + 1, of, statement.command()), i, of);
            now = now.at(i + 1);
            if (!oneTransaction) {
                files.keep(unit, now);
            }
            try {
                watch.check();
                runner.run(statement, i + 1);
                if (oneTransaction && !inTransaction(session)) {
                    return endedOurTransaction(i + 1, of);
                }
            } catch (SQLException e) {
                if (oneTransaction
                        && NOT_IN_A_TRANSACTION.contains(String.valueOf(e.getSQLState()))
                        && watch.reason() == null) {
                    return again(script, statement, session);
                }
                return stopped(e, oneTransaction, statement, i + 1, of, watch);
            }
        }
        return oneTransaction ? commit(session, of, watch) : left(session);
    }

    private static boolean inTransaction(Connection session) throws SQLException {
        return session.unwrap(BaseConnection.class).getTransactionState() != TransactionState.IDLE;
    }

    /** Its number would say nothing about what comes after: so nothing comes after. */
    private UnitFile endedOurTransaction(int number, int of) {
        output.last("Statement " + number + " ended the transaction; what stands behind it was not run.");
        return fail(null, ProblemCode.SqlFailedPartly, number, of, Messages.text("engine.fault.transaction"));
    }

    /** PostgreSQL does not want this in a transaction: all is taken back and begun anew, statement by statement. */
    private UnitFile again(Script script, Script.Statement statement, Connection session) {
        try {
            session.rollback();
            session.close();
        } catch (SQLException e) {
            return afterTheConnectionBroke(e);
        }
        output.line("Rolled back, and begun anew statement by statement: " + statement.command()
                + " can't be part of a transaction.");
        return attempt(script, false);
    }

    private UnitFile commit(Connection session, int of, SqlWatch watch) {
        course.say(Messages.text("engine.doing.committing"), of, of);
        files.requireHeld(unit, now.holder());
        try {
            session.commit();
            output.last("Committed.");
            return done();
        } catch (SQLException e) {
            if (lost(e)) {
                return afterTheConnectionBroke(e);
            }
            output.last("ERROR: " + message(e));
            output.last("Nothing of the script was kept.");
            return watch.reason() == null
                    ? fail("SQLSTATE " + e.getSQLState(), ProblemCode.SqlFailedRolledBack, of, of, message(e))
                    : ended(watch);
        }
    }

    private UnitFile left(Connection session) {
        try {
            if (inTransaction(session)) {
                output.last("The script ended within a transaction that it had begun; that was rolled back.");
                return fail(null, ProblemCode.SqlTransactionLeftOpen);
            }
        } catch (SQLException e) {
            return afterTheConnectionBroke(e);
        }
        return done();
    }

    private UnitFile stopped(
            SQLException e, boolean oneTransaction, Script.Statement statement, int number, int of, SqlWatch watch) {
        if (watch.reason() == null && lost(e)) {
            return afterTheConnectionBroke(e);
        }
        if (lost(e)) {
            // Ended by force, since it did not heed; what it was in has been rolled back.
            backends.terminateAndAwait(now.backend(), now.backendSince());
        }
        output.last(
                oneTransaction
                        ? "Nothing of the script was kept."
                        : "What stands before statement " + number + " was carried out.");
        if (watch.reason() != null) {
            return ended(watch);
        }
        ProblemCode code = oneTransaction ? ProblemCode.SqlFailedRolledBack : ProblemCode.SqlFailedPartly;
        return fail("SQLSTATE " + e.getSQLState() + ", line " + statement.line(), code, number, of, message(e));
    }

    /** The error's first line: what comes after it may show rows of tables, and this goes into logs. */
    private static String message(SQLException e) {
        String message = ControlConnection.firstLine(e.getMessage());
        return message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE) + "…";
    }

    private UnitFile ended(SqlWatch watch) {
        return watch.reason() == ProblemCode.WorkTimedOut
                ? fail(null, ProblemCode.WorkTimedOut, watch.timeoutInWords())
                : fail(null, ProblemCode.WorkCancelled);
    }

    private UnitFile afterTheConnectionBroke(SQLException e) {
        output.last("The connection to the server broke.");
        now = aftermath.settle();
        return now.ended() ? now : fail(message(e), ProblemCode.SqlRolledBack);
    }

    /** Whether nobody has heard how the statement ended. A script may raise errors of any code, but not end its session. */
    private static boolean lost(SQLException e) {
        if (e instanceof PSQLException said && said.getServerErrorMessage() != null) {
            ServerErrorMessage message = said.getServerErrorMessage();
            return Set.of("FATAL", "PANIC").contains(String.valueOf(message.getSeverity()));
        }
        return String.valueOf(e.getSQLState()).startsWith("08");
    }

    private UnitFile done() {
        now = files.end(unit, now.done(), output);
        return now;
    }

    private UnitFile fail(String detail, ProblemCode code, Object... arguments) {
        now = files.end(unit, now.failed(detail, code, arguments), output);
        return now;
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.setProperty("ApplicationName", "howdah sql");
        properties.setProperty("maxResultBuffer", "32M");
        properties.setProperty("socketTimeout", Long.toString(task.timeout().toSeconds() + 4 * BACKSTOP_SECONDS));
        // If this process dies, the statement is to die soon too, instead of running on unwatched.
        String check = file.specification().majorVersion() >= CLIENT_CHECK_MAJOR
                ? " -c client_connection_check_interval=2000"
                : "";
        properties.setProperty(
                "options",
                String.format(
                        Locale.ROOT,
                        "-c statement_timeout=%ds%s",
                        task.timeout().toSeconds() + BACKSTOP_SECONDS,
                        check));
        return properties;
    }
}
