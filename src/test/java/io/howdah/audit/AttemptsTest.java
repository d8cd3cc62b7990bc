package io.howdah.audit;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AttemptsTest {

    private final Registry transaction = new Registry();
    private final List<String> failed = new ArrayList<>();

    @Test
    void whatIsTakenBackForABrokenRuleHasFailed() {
        attempt("one");
        attempt("two");
        Attempts.failed(transaction, Problem.of(ProblemCode.LastOwner, "a", "b").raise());
        transaction.end(Status.STATUS_ROLLEDBACK);
        assertThat(failed).containsExactly("one LastOwner", "two LastOwner");
    }

    @Test
    void ofSeveralReasonsTheLastIsTheOneThatCounts() {
        attempt("one");
        Attempts.failed(transaction, Problem.of(ProblemCode.NotFound, "a", "b").raise());
        Attempts.failed(transaction, new IllegalStateException("never seen before"));
        transaction.end(Status.STATUS_ROLLEDBACK);
        assertThat(failed).containsExactly("one Internal");
    }

    @Test
    void whatIsDoneAfterAllOrTakenBackByWhoeverBeganItHasNot() {
        attempt("one");
        Attempts.failed(transaction, Problem.of(ProblemCode.LastOwner, "a", "b").raise());
        transaction.end(Status.STATUS_COMMITTED);
        attempt("two");
        transaction.end(Status.STATUS_ROLLEDBACK);
        assertThat(failed).isEmpty();
    }

    @Test
    void whatIsOnRecordAsDeniedIsNotThereTwice() {
        for (ProblemCode code : List.of(ProblemCode.AccessDenied, ProblemCode.ApprovalRequired)) {
            attempt("one");
            Attempts.failed(transaction, Problem.of(code, "a", "b").raise());
            transaction.end(Status.STATUS_ROLLEDBACK);
        }
        assertThat(failed).isEmpty();
    }

    @Test
    void outsideOfATransactionNothingIsRemembered() {
        transaction.running = false;
        Attempts.failed(transaction, new IllegalStateException());
        assertThat(transaction.resources).isEmpty();
    }

    private void attempt(String name) {
        Attempts.remember(
                transaction,
                new Attempts.Attempt(
                        new Caller(new UUID(1, 1), "ada", "203.0.113.9", "c"),
                        Permission.ACCESS_WRITE,
                        Scope.INSTALLATION,
                        new Target("person", null, name),
                        Map.of()),
                (attempt, problem) -> failed.add(attempt.target().name() + " " + problem.code()));
    }

    /** One transaction after another. */
    private static final class Registry implements TransactionSynchronizationRegistry {

        private final Map<Object, Object> resources = new HashMap<>();
        private final List<Synchronization> synchronizations = new ArrayList<>();
        private boolean running = true;

        void end(int status) {
            synchronizations.forEach(each -> each.afterCompletion(status));
            synchronizations.clear();
            resources.clear();
        }

        @Override
        public Object getTransactionKey() {
            return running ? this : null;
        }

        @Override
        public void putResource(Object key, Object value) {
            resources.put(key, value);
        }

        @Override
        public Object getResource(Object key) {
            return resources.get(key);
        }

        @Override
        public void registerInterposedSynchronization(Synchronization synchronization) {
            synchronizations.add(synchronization);
        }

        @Override
        public int getTransactionStatus() {
            return running ? Status.STATUS_ACTIVE : Status.STATUS_NO_TRANSACTION;
        }

        @Override
        public void setRollbackOnly() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean getRollbackOnly() {
            return false;
        }
    }
}
