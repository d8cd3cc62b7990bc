package io.howdah.shared;

import java.sql.SQLException;
import java.util.Optional;

/**
 * Something that went wrong, said to a person: a stable code, a sentence in their words, and a hint that says what to
 * do next. The sentences stand in {@code messages.properties} under {@code problem.<code>.message} and
 * {@code problem.<code>.hint}.
 *
 * @param field the form field the problem belongs to, or null when it concerns the whole request
 */
public record Problem(ProblemCode code, String message, String hint, String field) {

    public static Problem of(ProblemCode code, Object... arguments) {
        return new Problem(
                code,
                Messages.text("problem." + code + ".message", arguments),
                Messages.text("problem." + code + ".hint", arguments),
                null);
    }

    /** The problem among the causes of what was thrown; empty when it is none that anybody foresaw. */
    public static Optional<Problem> among(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException said) {
                return Optional.of(said.problem());
            }
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                String state = sql.getSQLState();
                // No connection, or the server is ending or starting.
                if (state.startsWith("08") || state.startsWith("57P")) {
                    return Optional.of(of(ProblemCode.MetadataAway));
                }
                // PostgreSQL keeps any text but one with the character 0; JSON brings it in as an escape.
                if (state.equals("22021") || state.equals("22P05")) {
                    return Optional.of(of(ProblemCode.TextNotStorable));
                }
            }
        }
        return Optional.empty();
    }

    /** The same problem, pinned to one field of the form. */
    public Problem at(String field) {
        return new Problem(code, message, hint, field);
    }

    /** What is wrong and what to do, in one line. */
    public String inWords() {
        return message + " " + hint;
    }

    public Optional<String> atField() {
        return Optional.ofNullable(field);
    }

    /** Whether only room is missing, which there may be later. */
    public boolean lacksRoom() {
        return switch (code) {
            case NoRoomForMemory, NoRoomForVCores, NoRoomForStorage -> true;
            default -> false;
        };
    }

    public ProblemException raise() {
        return new ProblemException(this, null);
    }

    public ProblemException raise(Throwable cause) {
        return new ProblemException(this, cause);
    }
}
