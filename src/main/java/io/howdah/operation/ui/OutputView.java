package io.howdah.operation.ui;

import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Pre;
import io.howdah.operation.OperationService;
import io.howdah.operation.OperationView;
import io.howdah.shell.Texts;
import jakarta.enterprise.inject.spi.CDI;

/**
 * What an operation has said, such as the rows of a query, once it has ended. Takes no room when it has said nothing, or
 * when it is not for the person who looks.
 */
public class OutputView extends Div {

    private final OperationService operations;
    private OperationView shown;

    public OutputView() {
        operations = CDI.current().select(OperationService.class).get();
        addClassName("operation-output");
        setVisible(false);
    }

    /** Shows what the operation has said by now. */
    public void show(OperationView operation) {
        if (!operation.status().ended()) {
            shown = null;
            removeAll();
            setVisible(false);
            return;
        }
        if (operation.equals(shown)) {
            return;
        }
        shown = operation;
        removeAll();
        boolean there = operations.hasOutput(operation.id());
        setVisible(there);
        if (there) {
            add(details(operations.output(operation.id())));
        }
    }

    private static Details details(String said) {
        Pre text = new Pre(said);
        text.getElement().setAttribute("tabindex", "0");
        Paragraph kept = new Paragraph(Texts.t("ui.operation.output.kept"));
        kept.addClassName("quiet");
        Details details = new Details(Texts.t("ui.operation.output"), text, kept);
        details.setOpened(true);
        return details;
    }
}
