package io.howdah.shared;

import jakarta.ejb.ApplicationException;

/** Carries a {@link Problem} to whoever can show it. Rolls the transaction back, so that nothing half-done stays. */
@ApplicationException(rollback = true)
public class ProblemException extends RuntimeException {

    private final transient Problem problem;

    ProblemException(Problem problem, Throwable cause) {
        super(problem.code() + ": " + problem.message(), cause);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
