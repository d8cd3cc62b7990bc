package io.howdah.access;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;

/** Keeps what was called at hand while an {@link Approvable} method runs. */
@Interceptor
@Approvable
@Priority(Interceptor.Priority.APPLICATION)
class CallInterceptor {

    @AroundInvoke
    Object around(InvocationContext context) throws Exception {
        Call before = Call.bind(Call.of(context.getMethod(), context.getParameters()));
        try {
            return context.proceed();
        } finally {
            Call.bind(before);
        }
    }
}
