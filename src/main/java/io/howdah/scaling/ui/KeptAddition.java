package io.howdah.scaling.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import io.howdah.operation.OperationView;
import io.howdah.operation.ui.OperationAddition;
import io.howdah.scaling.ScalingService;
import io.howdah.shared.ProblemCode;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Optional;

/** Beside an operation that a transaction was in the way of: what is left to choose. */
@Dependent
class KeptAddition implements OperationAddition {

    @Inject
    private ScalingService scaling;

    @Override
    public Optional<Component> of(OperationView operation) {
        boolean kept = operation.problem() != null
                && operation.status().ended()
                && operation.problem().code() == ProblemCode.EngineTransactionInTheWay;
        if (!kept) {
            return Optional.empty();
        }
        return scaling.kept(operation.subjectId())
                .filter(change -> change.operationId().equals(operation.id()))
                .map(change -> new TransactionChoices(
                        change, begun -> UI.getCurrent().navigate("operations/" + begun), () -> UI.getCurrent()
                                .navigate("servers/" + operation.subjectName() + "/compute")));
    }
}
