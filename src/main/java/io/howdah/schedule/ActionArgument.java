package io.howdah.schedule;

import java.util.List;

/**
 * Something that may be filled in for an action. Forms are made from these; the label stands in the messages under {@code
 * schedule.argument.<name>}.
 *
 * @param choices what may be chosen, for {@link Kind#CHOICE}
 */
public record ActionArgument(String name, Kind kind, boolean required, List<String> choices) {

    public ActionArgument {
        choices = choices == null ? List.of() : List.copyOf(choices);
    }

    /** What sort of value it is, as text in the arguments' map. */
    public enum Kind {
        TEXT,
        /** Many lines of SQL. */
        SCRIPT,
        /** A role of the server. */
        ROLE,
        /** One database of the server. */
        DATABASE,
        /** Names of databases, one a line; none means all. */
        DATABASES,
        CHOICE,
        DURATION_SECONDS,
        /** The code of a size. */
        SIZE
    }
}
