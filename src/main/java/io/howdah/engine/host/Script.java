package io.howdah.engine.host;

import io.howdah.shared.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** A script taken apart into its statements, and how they have to be run. */
record Script(List<Statement> statements) {

    static final int MOST_STATEMENTS = 1_000;

    /** Statements that PostgreSQL refuses in a transaction, or that begin and end transactions themselves. */
    private static final List<Pattern> ALONE = List.of(
            words("VACUUM"),
            words("(CREATE|DROP) (DATABASE|TABLESPACE)"),
            words("ALTER SYSTEM"),
            words("ALTER DATABASE \\S+ SET TABLESPACE"),
            words("(CREATE( UNIQUE)?|DROP) INDEX CONCURRENTLY"),
            words("REINDEX .*CONCURRENTLY"),
            words("REINDEX (\\(.*\\) ?)?(DATABASE|SYSTEM|SCHEMA)"),
            words("CLUSTER$"),
            words("CLUSTER VERBOSE$"),
            words("ALTER TABLE .*DETACH PARTITION .*CONCURRENTLY"),
            words("(CREATE|ALTER|DROP) SUBSCRIPTION"),
            words("CALL"),
            words("(BEGIN|START TRANSACTION|COMMIT|END|ABORT|PREPARE TRANSACTION)"),
            words("ROLLBACK(?! ((WORK|TRANSACTION) )?TO )"));

    /** A block that ends transactions itself. */
    private static final Pattern BLOCK_THAT_COMMITS = Pattern.compile("(?is)DO\\b.*\\b(COMMIT|ROLLBACK)\\b.*");

    /** What two words say that one would leave open. */
    private static final Set<String> OF_TWO_WORDS =
            Set.of("CREATE", "ALTER", "DROP", "REFRESH", "COMMENT", "START", "PREPARE", "REASSIGN", "SECURITY");

    /**
     * One statement.
     *
     * @param line where it begins in the script, from 1
     */
    record Statement(String text, int line) {

        /** Its first word or two, in capitals, as PostgreSQL names commands. */
        String command() {
            String[] words = SqlText.plain(text)
                    .toUpperCase(Locale.ROOT)
                    .replaceFirst("^CREATE OR REPLACE ", "CREATE ")
                    .split("[^A-Z]+", 3);
            boolean two = words.length > 1 && OF_TWO_WORDS.contains(words[0]) && !words[1].isEmpty();
            return two ? words[0] + " " + words[1] : words[0];
        }

        boolean standsAlone() {
            String plain = SqlText.plain(text);
            return ALONE.stream().anyMatch(pattern -> pattern.matcher(plain).find())
                    || BLOCK_THAT_COMMITS.matcher(plain).matches();
        }
    }

    private static Pattern words(String words) {
        return Pattern.compile("^" + words + "(?![A-Za-z_0-9])", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }

    /** @throws EngineFault ScriptEmpty, ScriptTooLong */
    static Script of(String text) {
        List<Statement> found = new ArrayList<>();
        for (SqlText.Part part : SqlText.split(text)) {
            if (!SqlText.plain(part.text()).isEmpty()) {
                int blanks = part.text().length() - part.text().stripLeading().length();
                long breaks = text.substring(0, part.at() + blanks)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
                found.add(new Statement(part.text().strip(), (int) breaks + 1));
            }
        }
        if (found.isEmpty()) {
            throw EngineFault.lasting(null, ProblemCode.ScriptEmpty);
        }
        if (found.size() > MOST_STATEMENTS) {
            throw EngineFault.lasting(null, ProblemCode.ScriptTooLong, 64, MOST_STATEMENTS);
        }
        return new Script(List.copyOf(found));
    }

    /** The first statement that keeps the script from being one transaction. */
    Optional<Statement> alone() {
        return statements.stream().filter(Statement::standsAlone).findFirst();
    }
}
