package io.howdah.access;

import io.howdah.shared.Problem;
import io.howdah.shared.ProblemCode;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The caller of the request in hand. The doors (portal, later the management API) bind it for the length of a request,
 * after the container has authenticated it; services read it. A thread without one may call no service.
 */
public final class Callers {

    private static final ThreadLocal<Caller> CURRENT = new ThreadLocal<>();

    private Callers() {}

    /** @throws io.howdah.shared.ProblemException AccessDenied when nobody is signed in */
    public static Caller current() {
        return find().orElseThrow(() -> Problem.of(ProblemCode.SignInFailed).raise());
    }

    public static Optional<Caller> find() {
        return Optional.ofNullable(CURRENT.get());
    }

    public static <T> T as(Caller caller, Supplier<T> work) {
        Caller before = CURRENT.get();
        bind(caller);
        try {
            return work.get();
        } finally {
            bind(before);
        }
    }

    public static void as(Caller caller, Runnable work) {
        as(caller, () -> {
            work.run();
            return null;
        });
    }

    /** For doors whose request begins and ends in two callbacks. */
    public static void bind(Caller caller) {
        if (caller == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(caller);
        }
    }
}
