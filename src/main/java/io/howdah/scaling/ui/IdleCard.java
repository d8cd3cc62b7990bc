package io.howdah.scaling.ui;

import static io.howdah.shell.Texts.t;

import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Section;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import io.howdah.scaling.IdlePolicy;
import io.howdah.server.ui.ActionButton;
import java.util.Optional;
import java.util.function.Consumer;

/** Whether the server sleeps while nobody uses it, and who counts as nobody. */
final class IdleCard extends Section {

    private static final int USUAL_MINUTES = 30;

    private final Checkbox on = new Checkbox(t("scaling.idle.on"));
    private final IntegerField minutes = new IntegerField(t("scaling.idle.minutes"));
    private final TextField ignored = new TextField(t("scaling.idle.ignored"));
    private final Div fields = new Div(minutes, ignored);
    private final ActionButton save;
    private IdlePolicy shown;

    IdleCard(Consumer<IdlePolicy> choose) {
        addClassName("card");
        Paragraph text = new Paragraph(t("scaling.idle.text"));
        text.addClassName("quiet");
        minutes.setMin(1);
        minutes.setStepButtonsVisible(true);
        ignored.setHelperText(t("scaling.idle.ignored.help"));
        fields.addClassName("scale-choice");
        on.addValueChangeListener(event -> fields.setVisible(event.getValue()));
        save = new ActionButton(
                t("scaling.idle.save"),
                null,
                () -> choose.accept(
                        on.getValue()
                                ? new IdlePolicy(
                                        minutes.getValue() == null ? -1 : minutes.getValue(), ignored.getValue())
                                : IdlePolicy.OFF));
        add(new H3(t("scaling.idle")), text, on, fields, save);
    }

    void show(IdlePolicy policy, Optional<String> refusal) {
        save.refuse(refusal);
        if (policy.equals(shown)) {
            return;
        }
        shown = policy;
        on.setValue(policy.on());
        fields.setVisible(policy.on());
        minutes.setValue(policy.on() ? policy.minutes() : USUAL_MINUTES);
        ignored.setValue(policy.ignored());
    }
}
