package io.howdah.access;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/**
 * A service method that may need a second person: while it runs, {@link Call#current} is what was called, so that the very
 * same can be called again once it is approved. None of its arguments is a secret, for they are stored.
 */
@Inherited
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@java.lang.annotation.Target({ElementType.METHOD, ElementType.TYPE})
public @interface Approvable {

    /** Whether its answer is for the eyes of whoever asks alone: then it is they who call it again. */
    @Nonbinding
    boolean answersSecret() default false;
}
