package io.howdah.shell;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.icon.SvgIcon;

/** What stands where nothing is yet: what would be here, and what to do to have it. */
public class EmptyState extends Div {

    /** @param action e.g. a link or a button; null when the person can do nothing about it */
    public EmptyState(Glyph glyph, String title, String whatToDo, Component action) {
        addClassName("empty-state");
        SvgIcon icon = glyph.icon();
        add(icon, new H2(title), new Paragraph(whatToDo));
        if (action != null) {
            add(action);
        }
    }
}
