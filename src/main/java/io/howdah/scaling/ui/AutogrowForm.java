package io.howdah.scaling.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.IntegerField;
import io.howdah.server.Autogrow;
import io.howdah.server.ui.ActionButton;
import java.util.Optional;
import java.util.function.Consumer;

/** Whether a server's storage grows by itself, by how much at a time, and up to where. */
final class AutogrowForm extends Div {

    private final Consumer<Autogrow> save;
    private final Checkbox on = new Checkbox(t("storage.autogrow"));
    private final IntegerField step = field("storage.autogrow.step");
    private final IntegerField ceiling = field("storage.autogrow.ceiling");
    private final ActionButton button = new ActionButton(t("storage.autogrow.save"), null, this::save);
    private final Span saved = new Span(t("storage.autogrow.saved"));

    AutogrowForm(Consumer<Autogrow> save) {
        this.save = save;
        addClassName("storage-autogrow");
        Paragraph help = new Paragraph(t("storage.autogrow.help"));
        help.addClassName("quiet");
        saved.addClassName("quiet");
        saved.setVisible(false);
        saved.getElement().setAttribute("role", "status");
        on.addValueChangeListener(event -> enable());
        Div line = new Div(step, ceiling, button, saved);
        line.addClassName("storage-grow");
        add(on, help, line);
    }

    private static IntegerField field(String label) {
        IntegerField field = new IntegerField(t(label));
        field.setMin(1);
        field.setStepButtonsVisible(true);
        field.setSuffixComponent(new Span(t("server.create.gib")));
        return field;
    }

    void show(Autogrow rule) {
        on.setValue(rule.on());
        step.setValue(rule.stepGib());
        ceiling.setValue(rule.ceilingGib());
        enable();
    }

    private void enable() {
        step.setEnabled(on.getValue());
        ceiling.setEnabled(on.getValue());
        saved.setVisible(false);
    }

    void refuse(Optional<String> why) {
        button.refuse(why);
    }

    void saved() {
        saved.setVisible(true);
    }

    private void save() {
        saved.setVisible(false);
        save.accept(new Autogrow(on.getValue(), number(step), number(ceiling)));
    }

    private static int number(IntegerField field) {
        return field.getValue() == null ? 0 : field.getValue();
    }
}
