package io.howdah.access;

import io.howdah.container.Container;
import io.howdah.shared.ProblemException;
import jakarta.ejb.Singleton;
import jakarta.ejb.Stateless;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.implementation.InvocationHandlerAdapter;
import net.bytebuddy.matcher.ElementMatchers;

/**
 * A call of a service method with arguments that are right, as the line of the {@link PermissionTable} makes it. Attacks
 * are the same call with something else at one place: in an argument, in a part of a record or in a list.
 */
record RecordedCall(Method method, List<Object> arguments) {

    /** Stops the line of the table: what it does with an answer is not the point. */
    private static final class Recorded extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient RecordedCall call;

        Recorded(RecordedCall call) {
            super(null, null, false, false);
            this.call = call;
        }
    }

    /** One for each line of the table, by the method's name and number of arguments. */
    static Map<String, RecordedCall> all() {
        Map<Class<?>, Object> recorders = new HashMap<>();
        Map<String, RecordedCall> calls = new LinkedHashMap<>();
        Container.withBeans(
                type -> isService(type) ? recorders.computeIfAbsent(type, RecordedCall::recorder) : null, () -> {
                    new PermissionTable().rows().forEach((name, row) -> calls.put(name, recorded(name, row)));
                    return null;
                });
        return calls;
    }

    static boolean isService(Class<?> type) {
        return type.getSimpleName().endsWith("Service")
                && (type.isAnnotationPresent(Stateless.class) || type.isAnnotationPresent(Singleton.class));
    }

    private static RecordedCall recorded(String name, PermissionTable.Row row) {
        try {
            row.call().get();
        } catch (Recorded recorded) {
            if (recorded.call.name().equals(name)) {
                return recorded.call;
            }
        }
        throw new AssertionError("the line of " + name + " calls something else");
    }

    private static Object recorder(Class<?> service) {
        try {
            return new ByteBuddy()
                    .subclass(service)
                    .method(ElementMatchers.isDeclaredBy(service).and(ElementMatchers.isPublic()))
                    .intercept(InvocationHandlerAdapter.of((self, method, arguments) -> {
                        throw new Recorded(
                                new RecordedCall(method, arguments == null ? List.of() : Arrays.asList(arguments)));
                    }))
                    .make()
                    .load(service.getClassLoader())
                    .getLoaded()
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(service.getName(), e);
        }
    }

    String name() {
        return method.getDeclaringClass().getSimpleName() + "." + method.getName() + "/" + method.getParameterCount();
    }

    /** The answer of the container's own bean. What isn't a {@link ProblemException} comes out as it is. */
    Object made() throws Exception {
        try {
            return method.invoke(Container.bean(method.getDeclaringClass()), arguments.toArray());
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** What stands at the places of a type, the parts of records, lists and maps included; null where nothing does. */
    <T> List<T> at(Class<T> type) {
        List<T> found = new ArrayList<>();
        mapped(type, (place, value) -> {
            found.add(value);
            return value;
        });
        return found;
    }

    /** The same call with other values at the places of a type, which are counted from 0. */
    <T> RecordedCall mapped(Class<T> type, BiFunction<Integer, T, T> change) {
        Walk<T> walk = new Walk<>(type, change);
        List<Object> mapped = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            mapped.add(walk.mapped(method.getGenericParameterTypes()[i], arguments.get(i)));
        }
        return new RecordedCall(method, mapped);
    }

    <T> RecordedCall with(Class<T> type, int place, T value) {
        return mapped(type, (at, old) -> at == place ? value : old);
    }

    private static final class Walk<T> {
        private final Class<T> wanted;
        private final BiFunction<Integer, T, T> change;
        private int place;

        Walk(Class<T> wanted, BiFunction<Integer, T, T> change) {
            this.wanted = wanted;
            this.change = change;
        }

        Object mapped(Type declared, Object value) {
            if (declared == wanted) {
                return change.apply(place++, wanted.cast(value));
            }
            Type inner = declared instanceof ParameterizedType more ? more.getActualTypeArguments()[0] : Object.class;
            return switch (value) {
                case null -> null;
                case Map<?, ?> map -> {
                    Type second = ((ParameterizedType) declared).getActualTypeArguments()[1];
                    Map<Object, Object> mapped = new LinkedHashMap<>();
                    map.forEach((key, of) -> mapped.put(mapped(inner, key), mapped(second, of)));
                    yield mapped;
                }
                case Collection<?> many -> {
                    Collection<Object> mapped = value instanceof List ? new ArrayList<>() : new LinkedHashSet<>();
                    many.forEach(one -> mapped.add(mapped(inner, one)));
                    yield mapped;
                }
                case Record whole -> mapped(whole);
                default -> value;
            };
        }

        private Object mapped(Record whole) {
            RecordComponent[] parts = whole.getClass().getRecordComponents();
            Object[] mapped = new Object[parts.length];
            try {
                for (int i = 0; i < parts.length; i++) {
                    Method accessor = parts[i].getAccessor();
                    accessor.setAccessible(true);
                    mapped[i] = mapped(parts[i].getGenericType(), accessor.invoke(whole));
                }
                Class<?>[] types =
                        Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new);
                Constructor<?> constructor = whole.getClass().getDeclaredConstructor(types);
                constructor.setAccessible(true);
                return constructor.newInstance(mapped);
            } catch (InvocationTargetException e) {
                throw new Impossible(e.getCause());
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(whole.getClass().getName(), e);
            }
        }
    }

    /** A record does not let itself be made with that value: it never gets as far as the service. */
    static final class Impossible extends RuntimeException {
        private static final long serialVersionUID = 1;

        Impossible(Throwable cause) {
            super(cause);
        }
    }
}
