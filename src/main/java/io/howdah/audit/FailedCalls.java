package io.howdah.audit;

import jakarta.annotation.Resource;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.InvocationContext;
import jakarta.transaction.TransactionSynchronizationRegistry;

/** Stands around every method of every service ({@code ejb-jar.xml}), to see why its transaction is taken back. */
public class FailedCalls {

    @Resource
    private TransactionSynchronizationRegistry transaction;

    @AroundInvoke
    Object around(InvocationContext context) throws Exception {
        try {
            return context.proceed();
        } catch (Exception e) {
            Attempts.failed(transaction, e);
            throw e;
        }
    }
}
