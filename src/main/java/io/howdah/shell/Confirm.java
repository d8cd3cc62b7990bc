package io.howdah.shell;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import io.howdah.shared.ProblemException;
import java.util.function.Consumer;

/** Asks once more before something that matters; for the gravest, by having the name typed. */
public final class Confirm {

    private Confirm() {}

    /** Asks, and runs {@code act} on yes. A {@link ProblemException} of {@code act} is shown inside the dialog. */
    public static void ask(String title, Component explanation, String verb, Runnable act) {
        open(title, explanation, verb, null, typed -> act.run());
    }

    /**
     * Asks for {@code name} to be typed before {@code verb} can be pressed.
     *
     * @param act receives what was typed; its {@link ProblemException} is shown inside the dialog
     */
    public static void byName(String title, Component explanation, String name, String verb, Consumer<String> act) {
        open(title, explanation, verb, name, act);
    }

    private static void open(String title, Component explanation, String verb, String name, Consumer<String> act) {
        Dialog dialog = new Dialog(title);
        dialog.addClassName("confirm");
        Div problems = new Div();
        Div body = new Div(explanation);
        body.addClassName("confirm-body");
        TextField typed = new TextField();
        Button yes = new Button(verb);
        yes.addThemeVariants(ButtonVariant.PRIMARY, ButtonVariant.ERROR);
        yes.setDisableOnClick(true);
        yes.addClickListener(event -> {
            try {
                act.accept(typed.getValue());
                dialog.close();
            } catch (ProblemException refused) {
                problems.removeAll();
                problems.add(new ProblemNotice(refused.problem()));
            } finally {
                yes.setEnabled(true);
            }
        });
        if (name != null) {
            typed.setLabel(Texts.t("ui.confirm.typeName", name));
            typed.setWidthFull();
            typed.setAutocomplete(com.vaadin.flow.component.textfield.Autocomplete.OFF);
            typed.getElement().setAttribute("spellcheck", "false");
            typed.setValueChangeMode(ValueChangeMode.EAGER);
            yes.setEnabled(false);
            typed.addValueChangeListener(
                    event -> yes.setEnabled(event.getValue().equals(name)));
            typed.addKeyPressListener(Key.ENTER, event -> {
                if (yes.isEnabled()) {
                    yes.click();
                }
            });
            body.add(typed);
            dialog.addOpenedChangeListener(event -> {
                if (event.isOpened()) {
                    typed.focus();
                }
            });
        }
        body.add(problems);
        dialog.add(body);
        Button no = new Button(Texts.t("ui.confirm.cancel"), event -> dialog.close());
        dialog.getFooter().add(no, yes);
        dialog.open();
        if (name == null) {
            no.focus();
        }
    }
}
