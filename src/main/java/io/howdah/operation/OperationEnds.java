package io.howdah.operation;

import io.howdah.operation.EndTable.Untold;
import io.howdah.operation.OperationTable.Claimed;
import io.howdah.shared.DatabaseException;
import io.howdah.shared.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.ObserverMethod;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * Ends operations. Usually whoever wants to know (the audit log, a schedule's run, the notifications) is told in the
 * transaction that ends one. Should any of them fail there, the operation ends all the same, and each is told in a
 * transaction of its own: again and again, until it has worked.
 */
@ApplicationScoped
class OperationEnds {

    private static final Logger LOG = Logger.getLogger(OperationEnds.class.getName());
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    /** Whose end it is makes no difference to who wants to know. */
    private static final OperationEnded ANY =
            new OperationEnded(null, null, null, null, null, null, null, null, null, null);

    @Inject
    private EndTable table;

    @Inject
    private BeanManager beans;

    /** @return how many operations behind it in the line have their turn now */
    int end(Claimed now, String owner, StepView.State last, Problem problem, String detail) {
        try {
            return table.finish(now, owner, last, problem, detail);
        } catch (RuntimeException e) {
            if (DatabaseException.away(e)) {
                throw e;
            }
            LOG.log(
                    Level.SEVERE,
                    "not everybody could be told of the end of operation " + now.id()
                            + "; it ends without, and they are told later; correlation id " + now.correlationId(),
                    e);
            int freed =
                    table.finish(now, owner, last, problem, detail, observers().keySet());
            makeUp();
            return freed;
        }
    }

    /** Tells those who could not be told before. */
    void makeUp() {
        List<Untold> owed = table.untold();
        if (owed.isEmpty()) {
            return;
        }
        Map<String, ObserverMethod<? super OperationEnded>> observers = observers();
        for (Untold each : owed) {
            ObserverMethod<? super OperationEnded> observer = observers.get(each.observer());
            try {
                table.tell(each, end -> {
                    if (observer != null) {
                        observer.notify(end);
                    }
                });
            } catch (RuntimeException e) {
                if (DatabaseException.away(e)) {
                    throw e;
                }
                LOG.log(
                        Level.SEVERE,
                        each.observer() + " could not be told of the end of operation " + each.operation()
                                + "; it is tried again",
                        e);
                table.putOff(each, FIRST_PAUSE, LONGEST_PAUSE);
            }
        }
    }

    /** All who want to know, by a name that stays the same when the product is started again. */
    private Map<String, ObserverMethod<? super OperationEnded>> observers() {
        Set<ObserverMethod<? super OperationEnded>> all = beans.resolveObserverMethods(ANY);
        return all.stream().collect(Collectors.toMap(OperationEnds::name, Function.identity()));
    }

    private static String name(ObserverMethod<?> observer) {
        return observer.getBeanClass().getName()
                + (observer.getTransactionPhase() == TransactionPhase.IN_PROGRESS ? "" : " afterwards");
    }
}
