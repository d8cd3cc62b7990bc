package io.howdah.backup;

import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What checks of restored servers may be. */
final class RehearsalRules {

    static final int MOST = 10;
    static final int MAX_NAME = 63;
    static final int MAX_QUERY = 2_000;

    private static final int MAX_DATABASE = 63;
    private static final Pattern QUERY =
            Pattern.compile("(SELECT|WITH|VALUES|TABLE)\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private RehearsalRules() {}

    static Optional<Problem> check(List<SqlCheck> checks) {
        Set<String> names = new HashSet<>();
        boolean fine =
                checks.size() <= MOST && checks.stream().allMatch(check -> fine(check) && names.add(check.name()));
        return fine
                ? Optional.empty()
                : Optional.of(Problem.of(ProblemCode.RehearsalChecksInvalid, MOST, MAX_QUERY)
                        .at("checks"));
    }

    private static boolean fine(SqlCheck check) {
        return within(check.name(), MAX_NAME)
                && within(check.database(), MAX_DATABASE)
                && within(check.query(), MAX_QUERY)
                && QUERY.matcher(check.query()).matches()
                && check.query().indexOf(';') < 0
                && check.query().indexOf('\0') < 0;
    }

    private static boolean within(String text, int most) {
        return text != null && !text.isBlank() && text.length() <= most;
    }

    /** As it is kept: without blanks around it, and without the semicolon that people end queries with. */
    static SqlCheck tidied(SqlCheck check) {
        return new SqlCheck(
                strip(check.name()),
                strip(check.database()),
                strip(check.query()).replaceFirst("\\s*;\\s*$", ""));
    }

    private static String strip(String text) {
        return text == null ? "" : text.strip();
    }
}
