package io.howdah.container;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.howdah.access.Caller;
import io.howdah.access.Callers;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemException;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.transaction.UserTransaction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** What a test does with the container it runs in. */
public final class Container {

    private static final int MINUTE = 60;

    private Container() {}

    /** What {@link #bean} gives instead, to this thread. */
    private static final ThreadLocal<Function<Class<?>, Object>> INSTEAD = new ThreadLocal<>();

    public static <T> T bean(Class<T> type) {
        Object instead = INSTEAD.get() == null ? null : INSTEAD.get().apply(type);
        return instead == null ? CDI.current().select(type).get() : type.cast(instead);
    }

    /** Makes something with other beans than the container's, where {@code instead} has any. */
    public static <T> T withBeans(Function<Class<?>, Object> instead, Supplier<T> work) {
        INSTEAD.set(instead);
        try {
            return work.get();
        } finally {
            INSTEAD.remove();
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> T lookUp(String name) {
        try {
            return (T) new InitialContext().lookup(name);
        } catch (NamingException e) {
            throw new IllegalStateException(name, e);
        }
    }

    /** Looks again in the test's own thread, which is the one the container knows. */
    public static ConditionFactory await(int seconds) {
        return Awaitility.await()
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(100))
                .atMost(Duration.ofSeconds(seconds));
    }

    /** Does the work in a transaction that comes to nothing. */
    public static <T> T undone(Callable<T> work) throws Exception {
        UserTransaction transaction = lookUp("java:comp/UserTransaction");
        transaction.begin();
        try {
            return work.call();
        } finally {
            transaction.rollback();
        }
    }

    /** Does the work and, before its transaction commits, what is to happen meanwhile. */
    public static void committedAfter(Runnable work, Runnable meanwhile) throws Exception {
        UserTransaction transaction = lookUp("java:comp/UserTransaction");
        transaction.begin();
        boolean done = false;
        try {
            work.run();
            meanwhile.run();
            done = true;
        } finally {
            if (done) {
                transaction.commit();
            } else {
                transaction.rollback();
            }
        }
    }

    public static <T> Future<T> beside(Callable<T> work) {
        ManagedExecutorService executor = lookUp("java:comp/DefaultManagedExecutorService");
        return executor.submit(work);
    }

    public static <T> T within(Future<T> work) throws Exception {
        return work.get(MINUTE, TimeUnit.SECONDS);
    }

    /** Does the same from two threads at one instant; the problems that were raised. */
    public static List<Problem> twice(Runnable first, Runnable second) throws Exception {
        CountDownLatch start = new CountDownLatch(2);
        List<Future<Optional<Problem>>> tries = new ArrayList<>();
        for (Runnable work : List.of(first, second)) {
            tries.add(beside(() -> {
                start.countDown();
                start.await(MINUTE, TimeUnit.SECONDS);
                return problem(work);
            }));
        }
        List<Problem> problems = new ArrayList<>();
        for (Future<Optional<Problem>> attempt : tries) {
            within(attempt).ifPresent(problems::add);
        }
        return problems;
    }

    public static Optional<Problem> problem(Runnable work) {
        try {
            work.run();
            return Optional.empty();
        } catch (ProblemException e) {
            return Optional.of(e.problem());
        }
    }

    /** The problem that the work, done as the caller, must raise. */
    public static Problem refused(Caller caller, Runnable work) {
        ProblemException raised = catchThrowableOfType(ProblemException.class, () -> Callers.as(caller, work));
        if (raised == null) {
            throw new AssertionError("no problem was raised");
        }
        return raised.problem();
    }

    public static Problem refused(Runnable work) {
        return refused(Callers.find().orElse(null), work);
    }

    public static <T> T as(Caller caller, Supplier<T> work) {
        return Callers.as(caller, work);
    }

    /** What writes to a stream. */
    public interface Writer {
        void write(OutputStream to) throws IOException;
    }

    /** The lines that it writes. */
    public static List<String> written(Writer writer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            writer.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
