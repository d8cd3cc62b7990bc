package io.howdah.shell;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.popover.Popover;
import com.vaadin.flow.component.popover.PopoverPosition;

/** A button that opens a short list of things to do. */
public class ActionMenu extends Div {

    private final Button opener;
    private final Popover popover = new Popover();
    private final Div content = new Div();

    /** @param label says what the menu is for; the face shows no text */
    public ActionMenu(Component face, String label) {
        addClassName("action-menu");
        opener = new Button(face);
        opener.addThemeVariants(ButtonVariant.TERTIARY);
        opener.setAriaLabel(label);
        content.addClassName("action-menu-content");
        popover.add(content);
        popover.setTarget(opener);
        popover.setPosition(PopoverPosition.BOTTOM_END);
        popover.setRole("dialog");
        popover.setAriaLabel(label);
        popover.setAutofocus(true);
        add(opener, popover);
    }

    /** Adds something to do. */
    public final Button addAction(Glyph glyph, String text, Runnable act) {
        Button action = new Button(text, glyph.icon(), event -> {
            popover.close();
            act.run();
        });
        action.addThemeVariants(ButtonVariant.TERTIARY);
        content.add(action);
        return action;
    }

    /** Adds something to read or choose from. */
    public final void addContent(Component... components) {
        content.add(components);
    }

    /** The button that opens the menu, e.g. to disable it. */
    public final Button opener() {
        return opener;
    }
}
