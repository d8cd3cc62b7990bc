package io.howdah.engine.host;

import io.howdah.engine.Progress;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import java.time.Instant;
import java.util.List;

/**
 * What is known of a unit of work, kept on disk before each act that a crash must not repeat.
 *
 * @param holder the attempt that may go on writing: whoever takes the unit over puts its own name here
 * @param attempts how often it was begun
 * @param state where it stands
 * @param transaction the one transaction that a script runs in, or null when it runs statement by statement
 * @param backend the process of its session, and when that began
 * @param statement the statement that was begun last, counted from 1
 * @param statements how many there are
 * @param finished the databases that are done with
 * @param problem why it failed, or null
 */
record UnitFile(
        String holder,
        int attempts,
        State state,
        String transaction,
        int backend,
        Instant backendSince,
        int statement,
        int statements,
        List<String> finished,
        Problem problem,
        String detail) {

    enum State {
        /** Nothing that could not be begun anew has been done. */
        READY,
        RUNNING,
        DONE,
        FAILED
    }

    static UnitFile fresh(String holder) {
        return new UnitFile(holder, 1, State.READY, null, 0, null, 0, 0, List.of(), null, null);
    }

    boolean ended() {
        return state == State.DONE || state == State.FAILED;
    }

    Progress progress() {
        return state == State.DONE ? Progress.done() : new Progress.Failed(problem, detail, false);
    }

    UnitFile takenBy(String newHolder) {
        return new UnitFile(
                newHolder,
                attempts,
                state,
                transaction,
                backend,
                backendSince,
                statement,
                statements,
                finished,
                problem,
                detail);
    }

    UnitFile again() {
        return new UnitFile(holder, attempts + 1, State.READY, null, 0, null, 0, 0, finished, null, null);
    }

    UnitFile running(String inTransaction, int process, Instant since, int of) {
        return new UnitFile(
                holder, attempts, State.RUNNING, inTransaction, process, since, 0, of, finished, null, null);
    }

    UnitFile at(int number) {
        return new UnitFile(
                holder,
                attempts,
                State.RUNNING,
                transaction,
                backend,
                backendSince,
                number,
                statements,
                finished,
                null,
                null);
    }

    UnitFile finished(List<String> databases) {
        return new UnitFile(
                holder,
                attempts,
                State.RUNNING,
                transaction,
                backend,
                backendSince,
                statement,
                statements,
                List.copyOf(databases),
                null,
                null);
    }

    UnitFile done() {
        return new UnitFile(
                holder,
                attempts,
                State.DONE,
                transaction,
                backend,
                backendSince,
                statement,
                statements,
                finished,
                null,
                null);
    }

    UnitFile failed(String technicalDetail, ProblemCode code, Object... arguments) {
        return failed(technicalDetail, Problem.of(code, arguments));
    }

    UnitFile failed(String technicalDetail, Problem why) {
        return new UnitFile(
                holder,
                attempts,
                State.FAILED,
                transaction,
                backend,
                backendSince,
                statement,
                statements,
                finished,
                why,
                technicalDetail);
    }
}
