package io.howdah.engine.host;

import io.howdah.engine.Progress;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import java.util.function.Supplier;

/** Ends a piece of the host engine's work without success. */
final class EngineFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Progress.Failed failed;

    private EngineFault(Progress.Failed failed, Throwable cause) {
        super(failed.problem().code() + ": " + failed.problem().message(), cause);
        this.failed = failed;
    }

    /** What will not go away by itself. */
    static EngineFault lasting(String detail, ProblemCode code, Object... arguments) {
        return new EngineFault(new Progress.Failed(Problem.of(code, arguments), detail, false), null);
    }

    /** What may well be gone at the next try. */
    static EngineFault passing(String detail, ProblemCode code, Object... arguments) {
        return new EngineFault(new Progress.Failed(Problem.of(code, arguments), detail, true), null);
    }

    static EngineFault serverUnknown() {
        return lasting(null, ProblemCode.EngineServerUnknown);
    }

    static EngineFault toolMissing(String program, String debianPackage) {
        return lasting(null, ProblemCode.EngineToolMissing, program, debianPackage);
    }

    /** For the calls that read, which raise what is wrong as a problem. */
    static <T> T raising(Supplier<T> question) {
        try {
            return question.get();
        } catch (EngineFault e) {
            throw e.failed().problem().raise(e);
        }
    }

    Progress.Failed failed() {
        return failed;
    }
}
