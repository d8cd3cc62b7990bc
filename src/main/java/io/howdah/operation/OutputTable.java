package io.howdah.operation;

import io.howdah.access.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.UUID;

/** {@link OperationOutputs} in the metadata database. */
@ApplicationScoped
class OutputTable implements OperationOutputs {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private ClusterClock clock;

    @Override
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public void keep(UUID operationId, String text) {
        OperationOutput output = new OperationOutput();
        output.operationId = operationId;
        output.at = clock.now();
        output.text = text;
        entities.merge(output);
    }

    @Override
    @Transactional
    public Optional<Kept> find(UUID operationId) {
        Operation operation = entities.find(Operation.class, operationId);
        OperationOutput output = entities.find(OperationOutput.class, operationId);
        return operation == null || output == null
                ? Optional.empty()
                : Optional.of(new Kept(output.text, Scope.of(operation.teamId, operation.subjectId), operation.action));
    }
}
