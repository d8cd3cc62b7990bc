package io.howdah.scaling.ui;

import com.vaadin.flow.component.Component;
import io.howdah.operation.OperationStatus;
import io.howdah.operation.OperationView;
import io.howdah.operation.ui.OperationAddition;
import io.howdah.scaling.ScalingService;
import io.howdah.shared.ProblemException;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Optional;

/** Beside a change of size that went well: its receipt. */
@Dependent
class ReceiptAddition implements OperationAddition {

    private static final String KIND = "server-scale";

    @Inject
    private ScalingService scaling;

    @Override
    public Optional<Component> of(OperationView operation) {
        if (!operation.kind().equals(KIND) || operation.status() != OperationStatus.SUCCEEDED) {
            return Optional.empty();
        }
        try {
            return scaling.receipt(operation.subjectId(), operation.id()).map(ReceiptLinks::new);
        } catch (ProblemException serverGone) {
            return Optional.empty();
        }
    }
}
