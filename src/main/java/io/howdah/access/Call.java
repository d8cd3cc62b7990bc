package io.howdah.access;

import io.howdah.shared.Json;
import io.howdah.shared.ProblemException;
import jakarta.enterprise.inject.spi.CDI;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A call of an {@link Approvable} service method as data, so that what was approved is what runs. Two calls are equal if
 * and only if they ask for the same.
 *
 * @param method the service's class and the method, e.g. {@code io.howdah.server.ServerService.delete}
 * @param arguments by their names, as canonical JSON
 */
public record Call(String method, String arguments) {

    private static final ThreadLocal<Call> CURRENT = new ThreadLocal<>();

    static Call of(Method method, Object[] values) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        Parameter[] parameters = method.getParameters();
        for (int i = 0; i < parameters.length; i++) {
            // A set has no order of its own.
            arguments.put(parameters[i].getName(), values[i] instanceof Set<?> set ? new TreeSet<>(set) : values[i]);
        }
        return new Call(method.getDeclaringClass().getName() + "." + method.getName(), Json.canonical(arguments));
    }

    /** The one in hand; empty outside of approvable methods. */
    public static Optional<Call> current() {
        return Optional.ofNullable(CURRENT.get());
    }

    /** @return the one that was bound before, or null */
    static Call bind(Call call) {
        Call before = CURRENT.get();
        if (call == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(call);
        }
        return before;
    }

    /** Whether what it answers is for its caller alone. */
    public boolean answersSecret() {
        return found().getAnnotation(Approvable.class).answersSecret();
    }

    /**
     * Calls it again, as the caller who is bound.
     *
     * @throws ProblemException as the method does
     * @throws IllegalStateException when this version of the product has no such method
     */
    public void again() {
        Method method = found();
        Type[] types = method.getGenericParameterTypes();
        String[] names =
                Arrays.stream(method.getParameters()).map(Parameter::getName).toArray(String[]::new);
        Object service = CDI.current().select(method.getDeclaringClass()).get();
        try {
            method.invoke(service, Json.readAll(arguments, names, types));
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException raised) {
                throw raised;
            }
            throw new IllegalStateException(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Nothing but approvable methods can be called by what a table says. */
    private Method found() {
        int dot = method.lastIndexOf('.');
        try {
            return Arrays.stream(Class.forName(
                                    method.substring(0, dot),
                                    false,
                                    Thread.currentThread().getContextClassLoader())
                            .getMethods())
                    .filter(one -> one.getName().equals(method.substring(dot + 1)))
                    .filter(one -> one.isAnnotationPresent(Approvable.class))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(method));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(method, e);
        }
    }
}
