package io.howdah.shared;

import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.InvocationContext;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * Stands around every call of a service from outside ({@code ejb-jar.xml}): PostgreSQL keeps any text but one with the character
 * 0, and a query that it refuses for that is taken for a lost connection and asked again for 15 seconds.
 */
public class KeepableText {

    /** A method that takes any text, and makes something keepable of it. */
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    public @interface Any {}

    /** Set within a call that comes from outside; what services say to each other is theirs. */
    private static final ThreadLocal<Boolean> INSIDE = new ThreadLocal<>();

    @AroundInvoke
    Object around(InvocationContext context) throws Exception {
        if (INSIDE.get() != null) {
            return context.proceed();
        }
        if (!context.getMethod().isAnnotationPresent(Any.class) && has0(context.getParameters())) {
            throw Problem.of(ProblemCode.TextNotStorable).raise();
        }
        INSIDE.set(true);
        try {
            return context.proceed();
        } finally {
            INSIDE.remove();
        }
    }

    static boolean has0(Object value) throws ReflectiveOperationException {
        return switch (value) {
            case String text -> text.indexOf(0) >= 0;
            case Object[] several -> hasOne0(Arrays.asList(several));
            case Collection<?> several -> hasOne0(several);
            case Map<?, ?> several -> hasOne0(several.keySet()) || hasOne0(several.values());
            case Optional<?> one -> one.isPresent() && has0(one.get());
            case Record record -> partHas0(record);
            case null, default -> false;
        };
    }

    private static boolean hasOne0(Collection<?> values) throws ReflectiveOperationException {
        for (Object value : values) {
            if (has0(value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean partHas0(Record record) throws ReflectiveOperationException {
        for (RecordComponent part : record.getClass().getRecordComponents()) {
            part.getAccessor().setAccessible(true);
            if (has0(part.getAccessor().invoke(record))) {
                return true;
            }
        }
        return false;
    }
}
