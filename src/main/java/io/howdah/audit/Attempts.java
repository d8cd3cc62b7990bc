package io.howdah.audit;

import io.howdah.access.Caller;
import io.howdah.access.Permission;
import io.howdah.access.Scope;
import io.howdah.access.Target;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * What was permitted within one transaction. When a rule is found broken after that, the change is taken back and its record
 * with it; then each of these goes on record as failed. What the form's own checks refuse never comes so far.
 */
final class Attempts implements Synchronization {

    /** Something that was asked for and permitted, as it went on record. */
    record Attempt(Caller caller, Permission permission, Scope scope, Target target, Map<String, String> details) {}

    /** Whoever raises these has written a record that stays. */
    private static final Set<ProblemCode> ON_RECORD =
            EnumSet.of(ProblemCode.AccessDenied, ProblemCode.ApprovalRequired);

    private final List<Attempt> made = new ArrayList<>();
    private final BiConsumer<Attempt, Problem> failed;
    private Problem problem;

    private Attempts(BiConsumer<Attempt, Problem> failed) {
        this.failed = failed;
    }

    /**
     * Remembers it until the running transaction ends.
     *
     * @param failed is told of it after a failure, when the transaction's locks are gone
     */
    static void remember(
            TransactionSynchronizationRegistry transaction, Attempt attempt, BiConsumer<Attempt, Problem> failed) {
        Attempts attempts = (Attempts) transaction.getResource(Attempts.class);
        if (attempts == null) {
            attempts = new Attempts(failed);
            transaction.putResource(Attempts.class, attempts);
            transaction.registerInterposedSynchronization(attempts);
        }
        attempts.made.add(attempt);
    }

    /** Notes why the running transaction will be taken back; of several reasons the last, which the caller is told. */
    static void failed(TransactionSynchronizationRegistry transaction, Throwable thrown) {
        if (transaction.getTransactionKey() != null
                && transaction.getResource(Attempts.class) instanceof Attempts attempts) {
            attempts.problem = Problem.among(thrown).orElseGet(() -> Problem.of(ProblemCode.Internal));
        }
    }

    @Override
    public void beforeCompletion() {
        // Only how it ended counts.
    }

    @Override
    public void afterCompletion(int status) {
        if (status == Status.STATUS_ROLLEDBACK && problem != null && !ON_RECORD.contains(problem.code())) {
            made.forEach(attempt -> failed.accept(attempt, problem));
        }
    }
}
