package io.howdah.server.ui;

import static io.howdah.shared.Retold.told;

import com.vaadin.flow.component.textfield.TextFieldBase;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.howdah.shared.Problem;
import java.util.Optional;
import java.util.function.Function;

/** Says at a field what is wrong with it, while it is being typed, in the words of the service. */
final class FieldCheck {

    private final TextFieldBase<?, String> field;
    private final Function<String, Optional<Problem>> check;

    FieldCheck(TextFieldBase<?, String> field, Function<String, Optional<Problem>> check) {
        this.field = field;
        this.check = check;
        field.setManualValidation(true);
        field.setValueChangeMode(ValueChangeMode.LAZY);
        field.setValueChangeTimeout(250);
        field.addValueChangeListener(event -> {
            // an emptied field is not wrong yet, only unfinished
            if (event.getValue().isEmpty()) {
                field.setInvalid(false);
            } else {
                passes();
            }
        });
    }

    /** Checks now and shows the finding. */
    boolean passes() {
        Optional<Problem> problem = check.apply(field.getValue());
        problem.ifPresentOrElse(this::show, () -> field.setInvalid(false));
        return problem.isEmpty();
    }

    boolean wouldPass() {
        return check.apply(field.getValue()).isEmpty();
    }

    void show(Problem problem) {
        field.setErrorMessage(told(problem).inWords());
        field.setInvalid(true);
    }

    void focus() {
        field.focus();
    }
}
