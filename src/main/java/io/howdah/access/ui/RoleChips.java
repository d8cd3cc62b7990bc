package io.howdah.access.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import io.howdah.access.AccessService;
import io.howdah.access.AssignmentView;
import io.howdah.shell.Confirm;
import io.howdah.shell.Glyph;
import io.howdah.shell.Texts;

/** The roles of a person or a group, each with a button that takes it, for who may. */
class RoleChips extends Div {

    private final AccessService service;
    private final String holder;
    private final Runnable taken;

    /** @param taken runs when a role was taken */
    RoleChips(AccessService service, String holder, Runnable taken) {
        this.service = service;
        this.holder = holder;
        this.taken = taken;
        addClassName("chips");
    }

    void add(AssignmentView role, boolean mayTake) {
        String words = RoleWords.assignment(role);
        Span chip = new Span(new Span(words));
        chip.addClassName("chip");
        if (mayTake) {
            Button take = new Button(Glyph.X.icon(), event -> take(role, words));
            take.addThemeVariants(ButtonVariant.TERTIARY);
            take.setAriaLabel(Texts.t("ui.access.unassign", words, holder));
            chip.add(take);
        }
        add(chip);
    }

    private void take(AssignmentView role, String words) {
        Confirm.ask(
                Texts.t("ui.access.unassign.title"),
                new Paragraph(Texts.t("ui.access.unassign.what", holder, words)),
                Texts.t("ui.access.unassign.do"),
                () -> {
                    service.unassign(role.id());
                    taken.run();
                });
    }
}
