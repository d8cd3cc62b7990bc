package io.howdah.access.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import io.howdah.shared.Problem;
import io.howdah.shared.ProblemException;
import io.howdah.shell.ProblemNotice;
import io.howdah.shell.Texts;
import java.util.Arrays;

/** A small form that does one thing; what is wrong with it is said inside it, and it stays until it is right. */
public class FormDialog extends Dialog {

    private final Div problems = new Div();

    /** @param act does it; the dialog closes when it returns and stays open when it throws a ProblemException */
    public FormDialog(String title, String verb, Runnable act, Component... fields) {
        super(title);
        Div body = new Div(fields);
        body.addClassNames("confirm-body", "form-fields");
        body.add(problems);
        add(body);
        Button yes = new Button(verb);
        yes.addThemeVariants(ButtonVariant.PRIMARY);
        yes.addClickListener(event -> {
            problems.removeAll();
            try {
                act.run();
                close();
            } catch (ProblemException refused) {
                show(refused.problem());
            }
        });
        // In text fields only: in a list that is open, Enter chooses.
        Component[] typed =
                Arrays.stream(fields).filter(TextField.class::isInstance).toArray(Component[]::new);
        if (typed.length > 0) {
            yes.addClickShortcut(Key.ENTER).listenOn(typed).resetFocusOnActiveElement();
        }
        getFooter().add(new Button(Texts.t("ui.confirm.cancel"), event -> close()), yes);
    }

    private void show(Problem problem) {
        problems.add(new ProblemNotice(problem));
    }
}
