package io.howdah.access;

import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import java.util.regex.Pattern;

/** The rule for the names of teams, projects, groups and roles. */
final class Names {

    private static final Pattern RULE = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} -]{0,61}[\\p{L}\\p{N}]");

    private Names() {}

    /** The name without spaces around it, or the problem at the field {@code name}. */
    static String check(String name, ProblemCode otherwise) {
        String wanted = name == null ? "" : name.strip();
        if (!RULE.matcher(wanted).matches()) {
            throw Problem.of(otherwise).at("name").raise();
        }
        return wanted;
    }
}
