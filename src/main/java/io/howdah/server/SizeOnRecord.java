package io.howdah.server;

import io.howdah.operation.EndDetails;
import io.howdah.operation.OperationEnded;
import jakarta.enterprise.context.Dependent;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Map;
import java.util.TreeMap;

/** The receipt of a change of size, for the audit record of its end. */
@Dependent
class SizeOnRecord implements EndDetails {

    @PersistenceContext
    private EntityManager entities;

    @Override
    public Map<String, String> of(OperationEnded end) {
        SizeChange change =
                end.kind().equals(ScaleServer.KIND) ? entities.find(SizeChange.class, end.operationId()) : null;
        if (change == null) {
            return Map.of();
        }
        Map<String, String> details = new TreeMap<>();
        details.put("sizeBefore", change.before);
        details.put("sizeAfter", change.after);
        details.put("restarted", Boolean.toString(change.restarted));
        details.put("longestWaitMillis", Long.toString(change.heldMillis));
        if (change.transactions != null) {
            details.put("transactions", change.transactions.toString());
            details.put("transactionsFailed", change.failed.toString());
        }
        return details;
    }
}
