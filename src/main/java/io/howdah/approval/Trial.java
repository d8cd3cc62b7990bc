package io.howdah.approval;

import jakarta.annotation.Resource;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;

/** Does something in a transaction of its own that comes to nothing. */
@Stateless
public class Trial {

    @Resource
    private SessionContext context;

    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void run(Runnable act) {
        context.setRollbackOnly();
        act.run();
    }
}
