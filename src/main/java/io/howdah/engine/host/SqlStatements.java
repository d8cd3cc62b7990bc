package io.howdah.engine.host;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLWarning;
import org.postgresql.util.ServerErrorMessage;

/** Runs statements one by one and writes down what came of each, for a person to read. */
final class SqlStatements {

    private static final int MOST_ROWS = 200;
    private static final int WIDEST = 120;
    private static final Set<String> COUNTING = Set.of("INSERT", "UPDATE", "DELETE", "MERGE", "WITH");

    private final Connection session;
    private final UnitOutput output;
    private final SqlWatch watch;

    SqlStatements(Connection session, UnitOutput output, SqlWatch watch) {
        this.session = session;
        this.output = output;
        this.watch = watch;
    }

    void run(Script.Statement wanted, int number) throws SQLException {
        long begun = System.nanoTime();
        try (Statement statement = session.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.setMaxRows(MOST_ROWS + 1);
            watch.watch(statement);
            boolean rows = statement.execute(wanted.text());
            watch.hear(statement);
            String head = "[" + number + "] " + wanted.command();
            String took = ", " + (System.nanoTime() - begun) / 1_000_000 + " ms";
            if (rows) {
                table(head, took, statement.getResultSet());
            } else {
                int count = statement.getUpdateCount();
                boolean counts = COUNTING.contains(wanted.command().split(" ")[0]) || count > 0;
                output.line(head + (counts ? ": " + count + (count == 1 ? " row" : " rows") : "") + took);
            }
        } catch (SQLException e) {
            tell(e, wanted, number);
            throw e;
        } finally {
            watch.watch(null);
        }
    }

    private void table(String head, String took, ResultSet rows) throws SQLException {
        ResultSetMetaData columns = rows.getMetaData();
        List<String[]> lines = new ArrayList<>();
        String[] names = new String[columns.getColumnCount()];
        for (int i = 0; i < names.length; i++) {
            names[i] = columns.getColumnLabel(i + 1);
        }
        lines.add(names);
        while (rows.next()) {
            String[] line = new String[names.length];
            for (int i = 0; i < names.length; i++) {
                line[i] = cell(rows.getString(i + 1));
            }
            lines.add(line);
        }
        int all = lines.size() - 1;
        int shown = Math.min(all, MOST_ROWS);
        String count = all > MOST_ROWS ? "the first " + MOST_ROWS + " rows" : shown + (shown == 1 ? " row" : " rows");
        output.line(head + ": " + count + took);
        print(lines.subList(0, shown + 1), names.length);
    }

    private static String cell(String value) {
        if (value == null) {
            return "";
        }
        String line = value.replace("\r", "").replace('\n', '↵').replace('\t', ' ');
        return line.length() <= WIDEST ? line : line.substring(0, WIDEST - 1) + "…";
    }

    private void print(List<String[]> lines, int columns) {
        int[] widths = new int[columns];
        for (String[] line : lines) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], line[i].length());
            }
        }
        for (int l = 0; l < lines.size(); l++) {
            StringBuilder text = new StringBuilder();
            StringBuilder rule = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                String value = lines.get(l)[i];
                text.append(i == 0 ? " " : " | ").append(value).append(" ".repeat(widths[i] - value.length()));
                rule.append(i == 0 ? "" : "+").append("-".repeat(widths[i] + 2));
            }
            output.line(text.toString().stripTrailing());
            if (l == 0) {
                output.line(rule.toString());
            }
        }
    }

    private void tell(SQLException e, Script.Statement wanted, int number) {
        String place = "[" + number + "] " + wanted.command() + ", line " + wanted.line() + " of the script";
        output.last(place + "\nERROR: " + ControlConnection.firstLine(e.getMessage()) + " (SQLSTATE " + e.getSQLState()
                + ")");
        ServerErrorMessage said = e instanceof PSQLException known ? known.getServerErrorMessage() : null;
        if (said == null) {
            return;
        }
        particulars(said, output);
        if (said.getWhere() != null) {
            output.line("CONTEXT: " + said.getWhere());
        }
        if (said.getPosition() > 0) {
            output.line("At character " + said.getPosition() + " of the statement.");
        }
    }

    private static void particulars(ServerErrorMessage said, UnitOutput output) {
        if (said.getDetail() != null) {
            output.line("DETAIL: " + said.getDetail());
        }
        if (said.getHint() != null) {
            output.line("HINT: " + said.getHint());
        }
    }

    /** What PostgreSQL mentions while a statement runs. */
    static void say(SQLWarning warning, UnitOutput output) {
        ServerErrorMessage said = warning instanceof PSQLWarning known ? known.getServerErrorMessage() : null;
        if (said == null) {
            output.line(warning.getMessage());
        } else {
            output.line(said.getSeverity() + ": " + said.getMessage());
            particulars(said, output);
        }
    }
}
