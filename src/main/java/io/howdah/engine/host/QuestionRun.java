package io.howdah.engine.host;

import io.howdah.engine.Question;
import io.howdah.shared.ProblemCode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Properties;
import java.util.UUID;

/** Asks one query as one of people's roles, and looks whether the answer is true. */
final class QuestionRun {

    private static final int BACKSTOP_SECONDS = 30;
    private static final int LONGEST_ANSWER = 100;
    private static final String TIMED_OUT = "57014";

    private final ServerFile file;
    private final RoleDoor door;
    private final UnitFiles files;
    private final UUID unit;
    private final Question question;
    private final UnitOutput output = new UnitOutput("");

    QuestionRun(ServerFile file, ServerDirectory directory, UnitFiles files, UUID unit, Question question) {
        this.file = file;
        this.door = new RoleDoor(file, directory);
        this.files = files;
        this.unit = unit;
        this.question = question;
    }

    UnitFile run() {
        String holder = UUID.randomUUID().toString();
        UnitFile now = files.find(unit).orElseGet(() -> UnitFile.fresh(holder)).takenBy(holder);
        files.take(unit, now);
        String instead = instead();
        return files.end(
                unit, instead == null ? now.done() : now.failed(null, ProblemCode.AnswerNotTrue, instead), output);
    }

    /** What came instead of true, or null when it was true. */
    private String instead() {
        try (Connection session = door.open(question.role(), question.database(), properties())) {
            session.setReadOnly(true);
            session.setAutoCommit(false);
            try (Statement statement = session.createStatement()) {
                statement.setMaxRows(1);
                if (!statement.execute(question.query())) {
                    return "nothing";
                }
                try (ResultSet rows = statement.getResultSet()) {
                    String answer = rows.next() ? String.valueOf(rows.getString(1)) : "no row";
                    return answer.equals("t") ? null : cut(answer.equals("f") ? "false" : answer);
                }
            } finally {
                session.rollback();
            }
        } catch (SQLException e) {
            if (ControlConnection.broken(e) && !TIMED_OUT.equals(e.getSQLState())) {
                throw ControlConnection.fault(e);
            }
            return cut(ControlConnection.firstLine(e.getMessage()));
        } catch (EngineFault e) {
            if (e.failed().passing()) {
                throw e;
            }
            return e.failed().problem().message();
        }
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_ANSWER ? text : text.substring(0, LONGEST_ANSWER) + "…";
    }

    private Properties properties() {
        Properties properties = new Properties();
        long seconds = question.timeout().toSeconds();
        properties.setProperty("ApplicationName", "howdah check");
        properties.setProperty("maxResultBuffer", "8M");
        properties.setProperty("socketTimeout", Long.toString(seconds + BACKSTOP_SECONDS));
        properties.setProperty(
                "options",
                String.format(Locale.ROOT, "-c statement_timeout=%ds -c default_transaction_read_only=on", seconds));
        return properties;
    }
}
