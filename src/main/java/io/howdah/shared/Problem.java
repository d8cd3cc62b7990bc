package io.howdah.shared;

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

    /** The same problem, pinned to one field of the form. */
    public Problem at(String field) {
        return new Problem(code, message, hint, field);
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
