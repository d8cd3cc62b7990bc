package io.howdah.operation.ui;

import com.vaadin.flow.component.Component;
import io.howdah.operation.OperationView;
import java.util.Optional;

/** What a feature has to say beside an operation of its own, such as what is left to choose; a bean. */
public interface OperationAddition {

    /** Empty when there is nothing to say about that operation now. */
    Optional<Component> of(OperationView operation);
}
